using System.Text.Json;
using System.Threading.Channels;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>Viewers in a process of their own, so that their CPU time and their open files are not the server's.</summary>
internal sealed class ViewerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ChildProcess _process;
    private readonly Channel<ViewerReport> _reports = Channel.CreateUnbounded<ViewerReport>();

    private ViewerProcess() => _process = ChildProcess.Start(MakeStart(), Take);

    /// <summary>Starts the process and opens its viewers.</summary>
    public static async Task<ViewerProcess> OpenAsync(OpenViewers plan, CancellationToken cancellation)
    {
        var process = new ViewerProcess();
        await process.RunAsync(new ViewerPlan(Open: plan), cancellation);
        return process;
    }

    /// <summary>Sends a request, and returns when all viewers were told.</summary>
    public async Task<Arrivals> TellAsync(TellViewers plan, CancellationToken cancellation) =>
        (await RunAsync(new ViewerPlan(Tell: plan), cancellation)).Arrivals!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<ViewerReport> RunAsync(ViewerPlan plan, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        _process.ThrowIfExited();
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(plan));
        await _process.Input.FlushAsync(cancellation);
        var report = await _reports.Reader.ReadAsync(deadline.Token);
        return report.Failure is null ? report : throw new InvalidOperationException($"The viewers failed: {report.Failure}");
    }

    private static System.Diagnostics.ProcessStartInfo MakeStart()
    {
        var start = Programs.Own("viewers");
        // Messages are counted where they arrive, without a way through the thread pool.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return start;
    }

    private void Take(string line) => _reports.Writer.TryWrite(JsonSerializer.Deserialize<ViewerReport>(line)!);
}
