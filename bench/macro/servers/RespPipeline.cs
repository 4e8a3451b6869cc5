using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Laurel.Bench.Macro;

/// <summary>
/// One pipelined connection to Redis that many share: whatever is sent while a write is under way goes out with the next one, and
/// replies are told apart by their order alone. Thread-safe.
/// </summary>
internal sealed class RespPipeline : IAsyncDisposable
{
    private const int ReadBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly Lock _gate = new();
    private readonly Queue<Awaited> _awaited = new();
    private readonly Task _reading;
    private ArrayBufferWriter<byte> _filling = new(ReadBytes);
    private ArrayBufferWriter<byte> _sending = new(ReadBytes);
    private bool _writing;
    private Exception? _broken;

    private RespPipeline(Socket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    /// <summary>Connects over the loopback interface.</summary>
    /// <exception cref="SocketException">Nobody answers.</exception>
    public static async Task<RespPipeline> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new RespPipeline(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends commands; ends when the last reply is there. The commands may be used again as soon as this returns its task.</summary>
    /// <exception cref="IOException">Redis refused one of them, or the connection is gone.</exception>
    public Task SendAsync(RespCommands commands)
    {
        var awaited = new Awaited(commands.Count);
        lock (_gate)
        {
            if (_broken is not null)
                return Task.FromException(_broken);
            _filling.Write(commands.Bytes);
            _awaited.Enqueue(awaited);
            if (_writing)
                return awaited.Task;
            _writing = true;
        }

        _ = WriteAsync();
        return awaited.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _reading;
    }

    private async Task WriteAsync()
    {
        // Those whose requests arrived with this one get into the same write.
        await Task.Yield();
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    if (_filling.WrittenCount == 0)
                    {
                        _writing = false;
                        return;
                    }

                    (_filling, _sending) = (_sending, _filling);
                }

                for (var rest = _sending.WrittenMemory; rest.Length > 0;)
                    rest = rest[await _socket.SendAsync(rest)..];
                _sending.ResetWrittenCount();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Break(error);
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[ReadBytes];
        var held = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(held));
                if (received == 0)
                    throw new IOException("Redis closed the connection.");
                held += received;
                var used = Take(buffer.AsSpan(0, held));
                buffer.AsSpan(used, held - used).CopyTo(buffer);
                held -= used;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            Break(error);
        }
    }

    /// <summary>Counts whole replies off for those who wait, and returns how many bytes they had.</summary>
    private int Take(ReadOnlySpan<byte> received)
    {
        var used = 0;
        while (LengthOfReply(received[used..]) is > 0 and var length)
        {
            var reply = received.Slice(used, length);
            used += length;
            Awaited awaited;
            lock (_gate)
                awaited = _awaited.Peek();
            if (!awaited.Count(reply))
                continue;
            lock (_gate)
                _awaited.Dequeue();
            awaited.Complete();
        }

        return used;
    }

    /// <summary>Of the first reply; 0 while it is not complete. Arrays never come.</summary>
    private static int LengthOfReply(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.IndexOf("\r\n"u8);
        if (line < 0)
            return 0;
        if (bytes[0] != '$' || !Utf8Parser.TryParse(bytes[1..line], out int length, out _) || length < 0)
            return line + 2;
        var whole = line + 2 + length + 2;
        return whole <= bytes.Length ? whole : 0;
    }

    private void Break(Exception error)
    {
        Awaited[] all;
        lock (_gate)
        {
            _broken ??= new IOException("The connection to Redis is gone.", error);
            all = [.. _awaited];
            _awaited.Clear();
        }

        foreach (var awaited in all)
            awaited.Fail(_broken);
    }

    private sealed class Awaited(int replies)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = replies;
        private string? _refusal;

        public Task Task => _ended.Task;

        /// <summary>Whether this was the last reply.</summary>
        public bool Count(ReadOnlySpan<byte> reply)
        {
            if (reply[0] == '-')
                _refusal ??= Encoding.UTF8.GetString(reply).TrimEnd();
            return --_missing == 0;
        }

        public void Complete()
        {
            if (_refusal is null)
                _ended.TrySetResult();
            else
                Fail(new IOException($"Redis refused: {_refusal}"));
        }

        public void Fail(Exception error) => _ended.TrySetException(error);
    }
}
