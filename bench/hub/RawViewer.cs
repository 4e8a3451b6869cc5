using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Laurel.Bench.Hub;

/// <summary>
/// A WebSocket on a bare socket: thousands of them share the machine with the server that they watch, so each must cost little. It reads
/// text messages of one frame, which is how servers send short ones.
/// </summary>
internal sealed class RawViewer : IDisposable
{
    private const int LongestMessage = 16 * 1024;
    private const byte FinalText = 0x81;
    private const byte FinalPong = 0x8A;
    private const int PingCode = 0x9;
    private const int TextCode = 0x1;
    private const byte Masked = 0x80;
    private const int LengthInTwoBytes = 126;

    // A mask of zeros leaves the bytes as they are; there is no proxy here to be protected.
    private const int MaskLength = 4;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[LongestMessage];
    private int _held;

    /// <summary>Connects over the loopback interface, and upgrades.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public async Task ConnectAsync(int port, string path, CancellationToken cancellation)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        int end;
        while ((end = _buffer.AsSpan(0, _held).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellation))
                throw new IOException("The server closed the connection instead of upgrading it.");
        }

        var answer = Encoding.ASCII.GetString(_buffer, 0, end);
        if (!answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            throw new IOException($"{path} was not upgraded: {answer}");
        Drop(end + 4);
    }

    /// <summary>Sends a text. One caller at a time.</summary>
    public async Task SendAsync(string text, CancellationToken cancellation) => await SendAsync(FinalText, Encoding.UTF8.GetBytes(text), cancellation);

    /// <summary>Reads messages until the connection ends.</summary>
    /// <param name="take">Gets each one's bytes, which are good until it returns.</param>
    public async Task ReadAsync(Action<ReadOnlyMemory<byte>> take, CancellationToken cancellation)
    {
        try
        {
            do
            {
                while (TryFindFrame(out var code, out var start, out var length))
                {
                    if (code == TextCode)
                        take(_buffer.AsMemory(start, length));
                    else if (code == PingCode)
                        await SendAsync(FinalPong, _buffer.AsMemory(start, length), cancellation);
                    Drop(start + length);
                }
            }
            while (await FillAsync(cancellation));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed from here.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(byte kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var isShort = payload.Length < LengthInTwoBytes;
        var head = (isShort ? 2 : 4) + MaskLength;
        var frame = new byte[head + payload.Length];
        frame[0] = kind;
        frame[1] = (byte)(Masked | (isShort ? payload.Length : LengthInTwoBytes));
        if (!isShort)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame.AsMemory(head));
        for (var rest = frame.AsMemory(); rest.Length > 0;)
            rest = rest[await _socket.SendAsync(rest, cancellation)..];
    }

    private bool TryFindFrame(out int code, out int start, out int length)
    {
        (code, start, length) = (0, 2, 0);
        if (_held < 2)
            return false;
        code = _buffer[0] & 0xF;
        length = _buffer[1];
        if (length == LengthInTwoBytes)
        {
            start = 4;
            if (_held < start)
                return false;
            length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2));
        }

        return _held >= start + length;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_held == _buffer.Length)
            throw new IOException($"A message is longer than {LongestMessage} bytes.");
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_held), cancellation);
        _held += received;
        return received > 0;
    }

    private void Drop(int bytes)
    {
        _buffer.AsSpan(bytes, _held - bytes).CopyTo(_buffer);
        _held -= bytes;
    }
}
