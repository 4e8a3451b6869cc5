namespace Laurel.Bench.Macro;

/// <summary>A season of all players is closed and its final standings are written: how long do submissions to the next one wait meanwhile?</summary>
internal static class WindowClosing
{
    private const string Board = "closing";
    private const int PerCall = 1000;
    private const double GoalMilliseconds = 250;

    private const string Config = """{"timeframe":{"type":"manual"},"scoring":{"aggregation":"last"},"ranking":{"size":1000000}}""";

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        var players = context.Settings.Subjects;
        context.Screen.Begin($"closing a season of {Figures.Whole(players)} entries");
        await using var server = await LaurelServer.StartAsync(context.Workspace.Make("closing"), context.Clock, context.Cancellation);
        using var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey);
        await admin.CreateTenantAsync(context.Cancellation);
        await admin.CreateBoardAsync(Board, Config, context.Cancellation);
        await admin.OpenSeasonAsync(Board, "first", context.Cancellation);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, players / PerCall),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = context.Cancellation },
            async (call, cancellation) => await admin.SubmitAsync(
                Board, Enumerable.Range(call * PerCall, PerCall).Select(static n => (ScoreRequest.SubjectId(n), n)), cancellation));

        await admin.CloseSeasonAsync(Board, "first", context.Cancellation);
        await admin.OpenSeasonAsync(Board, "second", context.Cancellation);
        List<double> waits = [];
        var since = context.Clock.GetTimestamp();
        while (!await admin.IsFinalAsync(Board, "first", context.Cancellation))
        {
            var sent = context.Clock.GetTimestamp();
            await admin.SubmitAsync(Board, [(ScoreRequest.SubjectId(waits.Count % 1000), waits.Count)], context.Cancellation);
            waits.Add(context.Clock.GetElapsedTime(sent).TotalMilliseconds);
        }

        var took = context.Clock.GetElapsedTime(since).TotalSeconds;
        context.Report.Add(new Table(
            $"Closing a season of {Figures.Whole(players)} entries",
            ["what", "figure"],
            [
                ["until the final standings are written, s", Figures.Fine(took)],
                ["submissions to the next season meanwhile", Figures.Whole(waits.Count)],
                ["median wait, ms", Figures.Fine(Figures.Median(waits))],
                ["longest wait, ms", Figures.Fine(waits.Max())],
            ]));
        context.Report.Add(new Goal(
            $"longest wait while {Figures.Whole(players)} entries are closed", $"{Figures.Whole(waits.Max())} ms", "≤ 250 ms", waits.Max() <= GoalMilliseconds));
    }
}
