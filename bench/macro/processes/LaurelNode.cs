using System.Diagnostics;

namespace Laurel.Bench.Macro;

/// <summary>One process of Laurel on PostgreSQL, of a cluster or alone.</summary>
internal sealed class LaurelNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private LaurelNode(ChildProcess process, int port) => (Process, Port) = (process, port);

    /// <summary>The process.</summary>
    public ChildProcess Process { get; }

    /// <summary>The loopback port.</summary>
    public int Port { get; }

    /// <summary>With a slash at its end.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">Which.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="clock">For the wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<LaurelNode> StartAsync(
        ProcessStartInfo program, IReadOnlyDictionary<string, string> settings, TimeProvider clock, CancellationToken cancellation)
    {
        var port = Programs.FreePort();
        program.ArgumentList.Add("--urls");
        program.ArgumentList.Add($"http://127.0.0.1:{port}");
        foreach (var (name, value) in settings)
            program.Environment[name] = value;
        var node = new LaurelNode(ChildProcess.Start(program), port);
        try
        {
            using var probe = new HttpClient { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(5) };
            await Waiting.UntilAsync("a node to be ready", () => node.IsReadyAsync(probe, cancellation), TimeSpan.FromMilliseconds(50), Patience, clock, cancellation);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> IsReadyAsync(HttpClient probe, CancellationToken cancellation)
    {
        Process.ThrowIfExited();
        try
        {
            using var answer = await probe.GetAsync("ready", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
