using System.Text.Json;
using System.Threading.Channels;

namespace Laurel.Bench.Macro;

/// <summary>
/// A process that makes load, so that its CPU time is not the server's. It stays for the whole run: its code is compiled by the time
/// it counts. One plan at a time.
/// </summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly Channel<LoadReport> _reports = Channel.CreateUnbounded<LoadReport>();

    private LoadGenerator() => _process = ChildProcess.Start(MakeStart(), Take);

    /// <summary>The CPU time of its process.</summary>
    public TimeSpan CpuTime => _process.CpuTime;

    /// <summary>Starts the process.</summary>
    public static LoadGenerator Start() => new();

    /// <summary>Carries out a plan.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="cancellation">Ends the wait; the process has to be ended then, too.</param>
    /// <param name="progress">Gets how many requests are answered, about twice a second.</param>
    /// <exception cref="InvalidOperationException">An answer was wrong, or the process is gone.</exception>
    public async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellation, Action<long>? progress = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(plan.DeadlineSeconds + 30));
        _process.ThrowIfExited();
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(plan));
        await _process.Input.FlushAsync(cancellation);
        while (true)
        {
            var report = await _reports.Reader.ReadAsync(deadline.Token);
            progress?.Invoke(report.Requests);
            if (report.Failure is not null)
                throw new InvalidOperationException($"The load failed after {report.Requests} requests: {report.Failure}");
            if (report.Result is not null)
                return report.Result;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static System.Diagnostics.ProcessStartInfo MakeStart()
    {
        var start = Programs.Own("load");
        // Answers are handled where they arrive, without a way through the thread pool: half the price of a request.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return start;
    }

    private void Take(string line) => _reports.Writer.TryWrite(JsonSerializer.Deserialize<LoadReport>(line)!);
}
