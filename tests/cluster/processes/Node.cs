using System.Diagnostics;
using Laurel.Silo;
using Laurel.Standalone;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>One node of a cluster: the real program in a process of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    /// <summary>The role of the single process, which is no node of a cluster.</summary>
    public const string Standalone = "standalone";

    private const int LinesKept = 200;

    private readonly string _role;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Queue<string> _output = [];
    private Process? _process;

    private Node(string role, IReadOnlyDictionary<string, string> settings) => (_role, _settings) = (role, settings);

    /// <summary>Where it listens; stays over restarts.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{ServerProcess.FreePort()}");

    /// <summary>Whether the process is there.</summary>
    public bool Runs => _process is { HasExited: false };

    /// <summary>CPU time that the process has used.</summary>
    public TimeSpan CpuTime => _process!.TotalProcessorTime;

    public static async Task<Node> StartAsync(string role, IReadOnlyDictionary<string, string> settings)
    {
        var node = new Node(role, settings);
        node.Run();
        try
        {
            await node.UntilReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>The end of what it has printed.</summary>
    public string LastLines(int count)
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(count));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_role} {Address}";

    /// <summary>Starts it again, on other ports between nodes, and waits until it is ready.</summary>
    public async Task RestartAsync()
    {
        Run();
        await UntilReadyAsync();
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>Waits until it has ended by itself, and returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    /// <summary>Stops its time: it is there, and does nothing.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets its time go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Whether it says that it is ready; false when it does not answer.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Address, "/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Runs)
            await KillAsync();
        _process?.Dispose();
        _probe.Dispose();
    }

    private void Run()
    {
        var start = new ProcessStartInfo("dotnet", [.. Program(), "--urls", Address.ToString().TrimEnd('/')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Laurel__Cluster__Address"] = "127.0.0.1",
                ["Laurel__Cluster__SiloPort"] = $"{ServerProcess.FreePort()}",
                ["Laurel__Cluster__GatewayPort"] = $"{ServerProcess.FreePort()}",
            },
        };
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        _process?.Dispose();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private string[] Program() =>
        _role == Standalone ? [typeof(StandaloneHost).Assembly.Location] : [typeof(SiloHost).Assembly.Location, "--role", _role];

    private Task UntilReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            Assert.True(Runs, $"The {_role} ended:\n{LastLines(LinesKept)}");
            return await IsReadyAsync();
        },
        $"the {_role} is ready");

    private async Task SignalAsync(string signal) => await ServerProcess.RunAsync("kill", $"-{signal}", $"{_process!.Id}");

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > LinesKept)
                _output.Dequeue();
        }
    }
}
