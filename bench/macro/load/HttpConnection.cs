using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Laurel.Bench.Macro;

/// <summary>
/// A kept-alive HTTP/1.1 connection that sends ready-made requests: a load generator shares the machine with what it loads, so it must
/// cost little. Answers have a length or come in chunks.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[32 * 1024];
    private int _held;

    /// <summary>Connects over the loopback interface.</summary>
    public async Task ConnectAsync(int port, CancellationToken cancellation) => await _socket.ConnectAsync(IPAddress.Loopback, port, cancellation);

    /// <summary>Sends a request and receives its answer.</summary>
    /// <exception cref="IOException">The server closed the connection.</exception>
    public async ValueTask<HttpAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        for (var rest = request; rest.Length > 0;)
            rest = rest[await _socket.SendAsync(rest, cancellation)..];

        _held = 0;
        int body, end;
        while (!TryFindEnd(_buffer.AsSpan(0, _held), out body, out end))
        {
            if (_held == _buffer.Length)
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_held), cancellation);
            if (received == 0)
                throw new IOException("The server closed the connection.");
            _held += received;
        }

        const int StatusOffset = 9; // behind "HTTP/1.1 "
        return Utf8Parser.TryParse(_buffer.AsSpan(StatusOffset), out int status, out _)
            ? new HttpAnswer(status, _buffer.AsMemory(body, end - body))
            : throw new IOException("The server does not speak HTTP.");
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static bool TryFindEnd(ReadOnlySpan<byte> received, out int body, out int end)
    {
        end = 0;
        body = received.IndexOf("\r\n\r\n"u8) + 4;
        if (body < 4)
            return false;

        var length = LengthIn(received[..body]);
        end = length is { } known ? body + known : EndOfChunks(received, body);
        return end > 0 && end <= received.Length;
    }

    /// <summary>What the headers say; null when the body comes in chunks.</summary>
    private static int? LengthIn(ReadOnlySpan<byte> headers)
    {
        var name = "Content-Length:"u8;
        for (var rest = headers[(headers.IndexOf("\r\n"u8) + 2)..]; rest.IndexOf("\r\n"u8) is > 0 and var line; rest = rest[(line + 2)..])
        {
            if (line > name.Length
                && Ascii.EqualsIgnoreCase(rest[..name.Length], name)
                && Utf8Parser.TryParse(rest[name.Length..line].TrimStart((byte)' '), out int length, out _))
            {
                return length;
            }
        }

        return null;
    }

    /// <summary>Where the last chunk ends; 0 while it is not there.</summary>
    private static int EndOfChunks(ReadOnlySpan<byte> received, int position)
    {
        while (position < received.Length)
        {
            var line = received[position..].IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(received.Slice(position, line), out int size, out _, 'x'))
                return 0;
            position += line + 2 + size + 2;
            if (size == 0)
                return position;
        }

        return 0;
    }
}

/// <summary>What a server answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">As it came, with the sizes of its chunks; good until the next exchange.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body);
