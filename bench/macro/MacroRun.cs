using System.Runtime.InteropServices;
using Laurel.Bench.Hub;

namespace Laurel.Bench.Macro;

/// <summary>One run of all scenarios, one after the other, on one machine.</summary>
internal static class MacroRun
{
    /// <summary>Runs them.</summary>
    /// <exception cref="OperationCanceledException">It was to end; nothing of it is left.</exception>
    public static async Task<Report> RunAsync(MacroSettings settings, Screen screen, TimeProvider clock, CancellationToken cancellation)
    {
        using var workspace = new Workspace(settings.Directory);
        await using var load = LoadGenerator.Start();
        var report = new Report();
        var context = new MacroContext(settings, workspace, load, screen, report, clock, cancellation);
        Describe(context);

        var batches = await CompareAsync(context);
        await EventScoring.RunAsync(context);
        await WindowClosing.RunAsync(context);
        await IdleBoards.RunAsync(context);
        await TopInGrain.RunAsync(context);
        await HubBroadcast.RunAsync(context);
        await HubStream.RunAsync(context);
        await OverlayPaint.RunAsync(context);
        await ReadsInGrain.RunAsync(context);
        await new ScoreBudget(context).RunAsync(batches);
        screen.EndLine();
        return report;
    }

    /// <summary>Says what it was measured on.</summary>
    public static void Describe(MacroContext context)
    {
        context.Report.Remarks.Add(
            $"{context.Clock.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), "
            + $"{Figures.Whole(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9)} GB, {RuntimeInformation.FrameworkDescription}; "
            + $"seed {context.Settings.Seed}.");
        if (context.Settings.Quick)
            context.Report.Remarks.Add("This was a quick run: smaller than what the goals speak of, so neither ratios nor verdicts mean much.");
        if (context.Workspace.IsInMemory)
            context.Report.Remarks.Add("The data lay in a memory file system: durable writes look faster than they are. Name a directory on a disk with --directory.");
        if (Load() is { } load)
            context.Report.Remarks.Add($"Load average at the start: {load}. Well above 0, other work shared the cores and the figures are worse than they could be.");
    }

    private static async Task<BatchFigures> CompareAsync(MacroContext context)
    {
        await using var board = await LoadedBoard.StartAsync(context);
        context.Report.Remarks.Add(
            $"Registering {Figures.Whole(context.Settings.Subjects)} players over HTTP and submitting a first score of each took {Figures.Whole(board.LoadedIn.TotalSeconds)} s.");
        BatchFigures batches;
        await using (var plain = await PlainServers.StartAsync(context))
        {
            batches = await BatchSubmissions.RunAsync(context, plain, board);
            await SingleSubmissions.RunAsync(context, plain, board);
        }

        await ReadsUnderWrites.RunAsync(context, board, batches.RequestRate);
        await ColdSeason.RunAsync(context, board);
        return batches;
    }

    private static string? Load()
    {
        const string LoadFile = "/proc/loadavg";
        return File.Exists(LoadFile) ? string.Join(' ', File.ReadAllText(LoadFile).Split(' ').Take(3)) : null;
    }
}
