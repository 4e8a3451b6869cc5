using System.Text.Json;
using System.Threading.Channels;

namespace Laurel.Bench.Macro;

/// <summary>
/// The verb <c>load</c>: reads plans from standard input, a line each, and writes reports until each has its result. Ends with its
/// input, so that it never outlives the run.
/// </summary>
internal static class LoadVerb
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(TimeProvider clock)
    {
        var plans = Channel.CreateUnbounded<LoadPlan>();
        var reading = StandardInput.ReadAsync(line => plans.Writer.TryWrite(JsonSerializer.Deserialize<LoadPlan>(line)!));
        await await Task.WhenAny(reading, ServeAsync(plans.Reader, clock));
        return 0;
    }

    private static async Task ServeAsync(ChannelReader<LoadPlan> plans, TimeProvider clock)
    {
        await foreach (var plan in plans.ReadAllAsync())
            Write(await RunAsync(plan, clock));
    }

    private static async Task<LoadReport> RunAsync(LoadPlan plan, TimeProvider clock)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(plan.DeadlineSeconds), clock);
        using var timer = new PeriodicTimer(ReportEvery, clock);
        var run = new LoadRun(plan, clock);
        var reporting = ReportAsync(run, timer);
        try
        {
            var result = await run.RunAsync(deadline.Token);
            return new LoadReport(run.Answered, result);
        }
        catch (Exception error)
        {
            return new LoadReport(run.Answered, Failure: error.Message);
        }
        finally
        {
            timer.Dispose();
            await reporting;
        }
    }

    private static async Task ReportAsync(LoadRun run, PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
            Write(new LoadReport(run.Answered));
    }

    private static void Write(LoadReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(report));
}
