namespace Laurel.Bench.Macro;

/// <summary>What the first ten of a million cost the grain when no cache holds them: the call's way, the look, and the answer.</summary>
internal static class TopInGrain
{
    private const double Goal = 50;

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        var subjects = context.Settings.Subjects;
        context.Screen.Begin($"reading the first ten of {Figures.Whole(subjects)} inside the grain");
        await using var server = await InnerServer.StartAsync(context, "top", subjects);
        var meter = new CpuMeter(context.Settings.BudgetSeconds, context.Clock, context.Cancellation);
        var micros = await meter.MeasureAsync(1, async _ =>
        {
            await server.ReadTopAsync();
            return 1;
        }) / 1000;
        context.Report.Add(new Goal(
            $"CPU µs of an uncached top 10 of {Figures.Whole(subjects)} entries, in the grain", Figures.Fine(micros), $"< {Goal:0} µs", micros < Goal));
    }
}
