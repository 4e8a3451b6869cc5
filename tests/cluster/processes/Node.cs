using System.Diagnostics;
using Laurel.Silo;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>One node of a cluster: the real program in a process of its own.</summary>
public sealed class Node : IAsyncDisposable
{
    private const int LinesKept = 200;

    private readonly string _role;
    private readonly Dictionary<string, string> _settings;
    private readonly Enclave? _within;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Queue<string> _output = [];
    private Process? _process;

    /// <param name="role">As <c>--role</c> takes it.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="within">Where it runs; null for this machine's own network.</param>
    public Node(string role, IReadOnlyDictionary<string, string> settings, Enclave? within = null)
    {
        (_role, _settings, _within) = (role, new(settings), within);
        Address = new Uri($"http://{within?.CallersWithin ?? "127.0.0.1"}:{ServerProcess.FreePort()}");
    }

    /// <summary>Where it listens; stays over restarts.</summary>
    public Uri Address { get; }

    /// <summary>Whether the process is there.</summary>
    public bool Runs => _process is { HasExited: false };

    /// <summary>The end of what it has printed.</summary>
    public string LastLines(int count)
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(count));
    }

    /// <summary>Whether that is in what it has printed lately.</summary>
    public bool HasPrinted(string text) => LastLines(LinesKept).Contains(text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{_role} {Address}";

    /// <summary>Sees to it that it runs and is ready; one that does not answer is started again.</summary>
    public async Task MakeReadyAsync()
    {
        if (Runs)
        {
            await ThawAsync();
            if (await IsReadyAsync())
                return;
            await KillAsync();
        }

        await RestartAsync();
    }

    /// <summary>Starts it again, on other ports between nodes, and waits until it is ready.</summary>
    public async Task RestartAsync()
    {
        Run();
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.True(Runs, $"The {_role} ended:\n{LastLines(LinesKept)}");
                return await IsReadyAsync();
            },
            $"the {_role} is ready");
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
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
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
        string[] command = [.. _within?.CommandFor("dotnet") ?? ["dotnet"], typeof(SiloHost).Assembly.Location, "--role", _role, "--urls", Address.ToString().TrimEnd('/')];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
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
