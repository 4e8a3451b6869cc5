using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Laurel.Bench.Macro;

/// <summary>A redis-server of the run's own, with an append-only file and no snapshots or rewrites that would cost it time.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    /// <summary>The sorted set of the run.</summary>
    public static ReadOnlySpan<byte> Key => "board"u8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RedisServer(ChildProcess process, int port) => (Process, Port) = (process, port);

    /// <summary>The process.</summary>
    public ChildProcess Process { get; }

    /// <summary>The loopback port.</summary>
    public int Port { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="program">The path of redis-server.</param>
    /// <param name="directory">For its file.</param>
    /// <param name="clock">For the wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RedisServer> StartAsync(string program, string directory, TimeProvider clock, CancellationToken cancellation)
    {
        var port = Programs.FreePort();
        var process = ChildProcess.Start(new ProcessStartInfo(program,
        [
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--daemonize", "no", "--save", "",
            "--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0",
        ]));
        var server = new RedisServer(process, port);
        try
        {
            await Waiting.UntilAsync("redis-server to answer", () => server.AnswersAsync(cancellation), TimeSpan.FromMilliseconds(20), Patience, clock, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts as many members on the set as there are subjects, and then makes every write durable before its answer.</summary>
    /// <param name="subjects">How many.</param>
    /// <param name="seed">Of their scores.</param>
    /// <param name="progress">Gets how many are there.</param>
    public async Task LoadAsync(int subjects, int seed, Action<long> progress)
    {
        const int Together = 1000;

        await using var pipeline = await RespPipeline.ConnectAsync(Port);
        var random = new Random(seed);
        for (var first = 0; first < subjects; first += Together)
        {
            var count = Math.Min(Together, subjects - first);
            var commands = new RespCommands();
            for (var i = first; i < first + count; i++)
                commands.Add("ZADD"u8, Key, Encoding.ASCII.GetBytes($"{ScoreRequest.RandomScore(random)}"), Encoding.ASCII.GetBytes(ScoreRequest.SubjectId(i)));
            await pipeline.SendAsync(commands);
            progress(first + count);
        }

        var durable = new RespCommands();
        durable.Add("CONFIG"u8, "SET"u8, "appendfsync"u8, "always"u8);
        await pipeline.SendAsync(durable);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        Process.ThrowIfExited();
        try
        {
            await using var pipeline = await RespPipeline.ConnectAsync(Port);
            var ping = new RespCommands();
            ping.Add("PING"u8);
            await pipeline.SendAsync(ping).WaitAsync(cancellation);
            return true;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }
}
