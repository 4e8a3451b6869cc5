using System.Text.Json;
using System.Threading.Channels;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>The verb <c>viewers</c>: reads plans from standard input, a line each, and writes a report to each. Ends with its input.</summary>
internal static class ViewersVerb
{
    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(TimeProvider clock)
    {
        var plans = Channel.CreateUnbounded<ViewerPlan>();
        var reading = StandardInput.ReadAsync(line => plans.Writer.TryWrite(JsonSerializer.Deserialize<ViewerPlan>(line)!));
        await await Task.WhenAny(reading, ServeAsync(plans.Reader, clock));
        return 0;
    }

    private static async Task ServeAsync(ChannelReader<ViewerPlan> plans, TimeProvider clock)
    {
        using var crowd = new ViewerCrowd(clock);
        await foreach (var plan in plans.ReadAllAsync())
            Console.Out.WriteLine(JsonSerializer.Serialize(await RunAsync(crowd, plan)));
    }

    private static async Task<ViewerReport> RunAsync(ViewerCrowd crowd, ViewerPlan plan)
    {
        try
        {
            if (plan.Open is { } open)
                await crowd.OpenAsync(open);
            return new ViewerReport(plan.Tell is { } tell ? await crowd.TellAsync(tell) : null);
        }
        catch (Exception error)
        {
            return new ViewerReport(Failure: error.Message);
        }
    }
}
