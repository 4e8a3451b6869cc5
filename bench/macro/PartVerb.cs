namespace Laurel.Bench.Macro;

/// <summary>Parts of the whole run on their own, <c>--quick</c> for a small one: <c>events</c>, <c>reads</c>, <c>hub</c>.</summary>
internal static class PartVerb
{
    /// <summary>Runs some scenarios.</summary>
    /// <returns>0 when all was measured, whatever the figures.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider clock, params Func<MacroContext, Task>[] scenarios)
    {
        var settings = args.Contains("--quick") ? MacroSettings.Small : new MacroSettings();
        using var workspace = new Workspace(settings.Directory);
        await using var load = LoadGenerator.Start();
        var report = new Report();
        var screen = new Screen(clock);
        var context = new MacroContext(settings, workspace, load, screen, report, clock, CancellationToken.None);
        foreach (var scenario in scenarios)
            await scenario(context);
        screen.EndLine();
        ConsoleReport.Write(report, Console.Out);
        return 0;
    }
}
