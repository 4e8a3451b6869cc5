using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Laurel.Standalone.Commands;

/// <summary>
/// A connection to a Redis server, of which one command at a time is asked, in the protocol's second version (RESP2). Enough to read a
/// set, and too little to need a package.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    private const int UsualPort = 6379;
    private const int DeepestReply = 4;
    private const int LongestLine = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private RedisConnection(TcpClient client, Stream stream) => (_client, _stream) = (client, stream);

    /// <summary>Connects, and signs in where there is a password.</summary>
    /// <param name="server"><c>redis://[user:password@]host[:port][/database]</c>; <c>rediss</c> for TLS.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">The server refuses, or does not answer.</exception>
    /// <exception cref="SocketException">There is none.</exception>
    public static async Task<RedisConnection> OpenAsync(Uri server, CancellationToken cancellation)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : UsualPort, cancellation);
            Stream stream = client.GetStream();
            if (server.Scheme == "rediss")
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host }, cancellation);
                stream = secure;
            }

            var connection = new RedisConnection(client, stream);
            var login = server.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).Where(static part => part.Length > 0).ToArray();
            if (login.Length == 0 && Environment.GetEnvironmentVariable(RedisSet.PasswordVariable) is { Length: > 0 } password)
                login = [password];
            if (login.Length > 0)
                await connection.AskAsync(["AUTH", .. login], cancellation);
            if (server.AbsolutePath.Trim('/') is { Length: > 0 } database)
                await connection.AskAsync(["SELECT", database], cancellation);
            return connection;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Asks a command.</summary>
    /// <returns>A simple text, a number, bytes, an array of these, or null.</returns>
    /// <exception cref="IOException">The server refuses it, does not answer, or the connection breaks.</exception>
    public async Task<object?> AskAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            var request = new StringBuilder($"*{command.Count}\r\n");
            foreach (var part in command)
                request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), deadline.Token);
            await _stream.FlushAsync(deadline.Token);
            return await ReadAsync(0, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException("The Redis server does not answer.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<object?> ReadAsync(int depth, CancellationToken cancellation)
    {
        var line = await ReadLineAsync(cancellation);
        switch (line.Length > 0 ? line[0] : '\0')
        {
            case '+':
                return line[1..];
            case '-':
                throw new IOException($"The Redis server says: {line[1..]}");
            case ':':
                return long.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Foreign();
            case '$':
                var length = LengthOf(line);
                if (length < 0)
                    return null;
                var bytes = new byte[length];
                await ReadBytesAsync(bytes, cancellation);
                await ReadLineAsync(cancellation);
                return bytes;
            case '*' when depth < DeepestReply:
                var items = new object?[Math.Max(0, LengthOf(line))];
                for (var i = 0; i < items.Length; i++)
                    items[i] = await ReadAsync(depth + 1, cancellation);
                return items;
            default:
                throw Foreign();
        }
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        var line = "";
        while (true)
        {
            var waiting = _buffer.AsSpan(_start, _end - _start);
            var length = waiting.IndexOf((byte)'\n');
            line += Encoding.UTF8.GetString(length < 0 ? waiting : waiting[..length]);
            _start = length < 0 ? _end : _start + length + 1;
            if (line.Length > LongestLine)
                throw Foreign();
            if (length >= 0)
                return line.EndsWith('\r') ? line[..^1] : throw Foreign();
            await FillAsync(cancellation);
        }
    }

    private async Task ReadBytesAsync(byte[] bytes, CancellationToken cancellation)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (_start == _end)
                await FillAsync(cancellation);
            var count = Math.Min(bytes.Length - at, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(bytes.AsSpan(at));
            (_start, at) = (_start + count, at + count);
        }
    }

    /// <summary>Reads on behind what was used up.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        (_start, _end) = (0, await _stream.ReadAsync(_buffer, cancellation));
        if (_end == 0)
            throw new IOException("The Redis server has closed the connection.");
    }

    /// <summary>The length of what follows; -1 for nothing.</summary>
    private static int LengthOf(string line) =>
        int.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -1 and < 1 << 29
            ? number
            : throw Foreign();

    private static IOException Foreign() => new("What answers there is no Redis server.");
}
