using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Laurel.Bench.Live;

/// <summary>Many event streams over raw sockets, read as they come: how late each update arrives, and what each listener knows at the end.</summary>
internal sealed class EventListeners : IAsyncDisposable
{
    /// <summary>The score of the first update; each has one more than the one before.</summary>
    public const int FirstScore = 1_000_000;

    private const int LongestDelay = 10_000;

    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _reading = [];
    private readonly int[] _delays = new int[LongestDelay + 1];
    private readonly long[] _sentAt;
    private readonly TimeProvider _clock;
    private readonly int[][] _last;
    private int _heard;

    private EventListeners(long[] sentAt, TimeProvider clock, int listeners, int players)
    {
        (_sentAt, _clock) = (sentAt, clock);
        _last = [.. Enumerable.Range(0, listeners).Select(_ => new int[players])];
    }

    /// <summary>How many updates arrived, over all listeners.</summary>
    public int Heard => Volatile.Read(ref _heard);

    /// <summary>Opens all streams and waits until each has its first entries.</summary>
    public static async Task<EventListeners> OpenAsync(
        int port, string key, int count, int players, long[] sentAt, TimeProvider clock, CancellationToken cancellation)
    {
        var listeners = new EventListeners(sentAt, clock, count, players);
        var request = Encoding.ASCII.GetBytes($"GET /api/v1/realtime?limit=10 HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n\r\n");
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            listeners._sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            await socket.SendAsync(request, cancellation);
            var started = new TaskCompletionSource();
            listeners._reading.Add(listeners.ReadAsync(socket, i, started));
            await started.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        }

        return listeners;
    }

    /// <summary>Waits until every listener knows each player's last score.</summary>
    /// <returns>How many do.</returns>
    public async Task<int> WhenCompleteAsync(TimeSpan patience)
    {
        var since = _clock.GetTimestamp();
        while (true)
        {
            var complete = _last.Count(IsComplete);
            if (complete == _last.Length || _clock.GetElapsedTime(since) > patience)
                return complete;
            await Task.Delay(TimeSpan.FromMilliseconds(20), _clock);
        }
    }

    /// <summary>So many milliseconds or fewer were that share of the updates late.</summary>
    public int Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(_delays.Sum(static count => (long)count) * share);
        var seen = 0L;
        for (var delay = 0; delay < _delays.Length; delay++)
        {
            if ((seen += _delays[delay]) >= wanted)
                return delay;
        }

        return LongestDelay;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        await Task.WhenAll(_reading);
    }

    private bool IsComplete(int[] last)
    {
        for (var player = 0; player < last.Length; player++)
        {
            if (Volatile.Read(ref last[player]) != FirstScore + _sentAt.Length - last.Length + player)
                return false;
        }

        return true;
    }

    private async Task ReadAsync(Socket socket, int listener, TaskCompletionSource started)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (received == 0)
                    return;
                length += received;
                var now = _clock.GetTimestamp();
                var used = Take(buffer.AsSpan(0, length), listener, now, started);
                buffer.AsSpan(used, length - used).CopyTo(buffer);
                length -= used;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            started.TrySetException(new InvalidOperationException("A stream was closed before it began."));
        }
    }

    /// <summary>Takes the whole events, and returns how many bytes they had.</summary>
    private int Take(ReadOnlySpan<byte> bytes, int listener, long now, TaskCompletionSource started)
    {
        var used = 0;
        while (bytes[used..].IndexOf("\n\n"u8) is >= 0 and var end)
        {
            var block = bytes.Slice(used, end);
            used += end + 2;
            if (block.IndexOf("\"type\":\"initial\""u8) >= 0)
                started.TrySetResult();
            if (block.IndexOf("\"new\":{\"name\":\"Player"u8) is >= 0 and var at)
                Note(block[(at + "\"new\":{\"name\":\"Player".Length)..], listener, now);
        }

        return used;
    }

    private void Note(ReadOnlySpan<byte> text, int listener, long now)
    {
        var player = text[0] - '0';
        var digits = text[(text.IndexOf("\"score\":"u8) + "\"score\":".Length)..];
        var score = 0;
        for (var i = 0; char.IsAsciiDigit((char)digits[i]); i++)
            score = score * 10 + (digits[i] - '0');
        if (score < FirstScore)
            return;
        Volatile.Write(ref _last[listener][player], score);
        var delay = _clock.GetElapsedTime(Volatile.Read(ref _sentAt[score - FirstScore]), now).TotalMilliseconds;
        Interlocked.Increment(ref _delays[(int)Math.Clamp(delay, 0, LongestDelay)]);
        Interlocked.Increment(ref _heard);
    }
}
