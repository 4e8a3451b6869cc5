namespace Laurel.Bench.Macro;

/// <summary>The verb <c>events</c>: events and the closing of windows alone, <c>--quick</c> for a small run. They are part of the whole run too.</summary>
internal static class EventsVerb
{
    /// <summary>Runs it.</summary>
    /// <returns>0 when all was measured, whatever the figures.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        var settings = args.Contains("--quick") ? MacroSettings.Small : new MacroSettings();
        using var workspace = new Workspace(settings.Directory);
        await using var load = LoadGenerator.Start();
        var report = new Report();
        var screen = new Screen(clock);
        var context = new MacroContext(settings, workspace, load, screen, report, clock, CancellationToken.None);
        await EventScoring.RunAsync(context);
        await WindowClosing.RunAsync(context);
        screen.EndLine();
        ConsoleReport.Write(report, Console.Out);
        return 0;
    }
}
