namespace Laurel.Bench.Macro;

/// <summary>The real server in a process of its own, on a data directory that outlives its restarts.</summary>
internal sealed class LaurelServer : IAsyncDisposable
{
    /// <summary>The admin key it accepts.</summary>
    public const string AdminKey = "bench-admin-key-of-one-run";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _dataDirectory;
    private readonly TimeProvider _clock;
    private readonly HttpClient _probe;

    private LaurelServer(string dataDirectory, TimeProvider clock)
    {
        (_dataDirectory, _clock) = (dataDirectory, clock);
        Port = Programs.FreePort();
        _probe = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        Process = StartProcess();
    }

    /// <summary>The loopback port.</summary>
    public int Port { get; }

    /// <summary>With a slash at its end.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>The process as it runs now.</summary>
    public ChildProcess Process { get; private set; }

    /// <summary>From the start of the process until <c>/ready</c> answered 200.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<LaurelServer> StartAsync(string dataDirectory, TimeProvider clock, CancellationToken cancellation)
    {
        var server = new LaurelServer(dataDirectory, clock);
        try
        {
            await server.WaitReadyAsync(clock.GetTimestamp(), cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it as a crash would, and starts it on the same data.</summary>
    public async Task CrashAndRestartAsync(CancellationToken cancellation)
    {
        await Process.DisposeAsync();
        var since = _clock.GetTimestamp();
        Process = StartProcess();
        await WaitReadyAsync(since, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _probe.Dispose();
    }

    private ChildProcess StartProcess()
    {
        var start = Programs.Laurel("--urls", $"http://127.0.0.1:{Port}");
        start.WorkingDirectory = _dataDirectory;
        start.Environment["Laurel__DataDirectory"] = _dataDirectory;
        start.Environment["Laurel__AdminKey"] = AdminKey;
        start.Environment["Laurel__Storage__Provider"] = "sqlite";
        start.Environment.Remove("Laurel__Storage__ConnectionString");
        return ChildProcess.Start(start);
    }

    private async Task WaitReadyAsync(long since, CancellationToken cancellation)
    {
        await Waiting.UntilAsync("the server to be ready", IsReadyAsync, TimeSpan.FromMilliseconds(5), Patience, _clock, cancellation);
        ReadyAfter = _clock.GetElapsedTime(since);

        async Task<bool> IsReadyAsync()
        {
            Process.ThrowIfExited();
            try
            {
                using var answer = await _probe.GetAsync("ready", cancellation);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
