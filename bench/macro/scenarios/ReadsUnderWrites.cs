namespace Laurel.Bench.Macro;

/// <summary>Page reads over HTTP at a steady rate, with nothing else going on and then beside half the writes that the server can take.</summary>
internal static class ReadsUnderWrites
{
    private const int BatchSize = 100;
    private const int ReadRate = 400;
    private const int ReadConnections = 4;
    private const double Goal = 5;

    // So that the writes have begun before the reads do, and go on until after they end.
    private const double WritesLonger = 2;

    /// <summary>Measures and reports it.</summary>
    /// <param name="context">The run.</param>
    /// <param name="board">Where to read and write.</param>
    /// <param name="mostBatches">Batches per second that were measured as the most.</param>
    public static async Task RunAsync(MacroContext context, LoadedBoard board, double mostBatches)
    {
        var seconds = context.Settings.ReadSeconds;
        var rate = mostBatches / 2;
        await using var reader = LoadGenerator.Start();
        context.Screen.Begin("reading pages, alone and beside writes");
        var reading = new LoadPlan
        {
            Port = board.Server.Port,
            Path = LaurelAdmin.PagePath(LoadedBoard.Board),
            Key = board.ReadKey,
            Connections = ReadConnections,
            Rate = ReadRate,
            Seconds = seconds,
            Expected = "\"entries\"",
        };
        var writing = board.Submitting(context.Settings.Subjects, BatchSize) with { Rate = rate, Seconds = seconds + WritesLonger, Seed = context.Settings.Seed };

        await reader.RunAsync(reading, context.Cancellation);
        await Waiting.UntilQuietAsync([board.Server.Process], context.Clock, context.Cancellation);
        context.Screen.Progress(1, 3);
        var idle = await reader.RunAsync(reading, context.Cancellation);
        context.Screen.Progress(2, 3);
        var writes = context.Load.RunAsync(writing, context.Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(WritesLonger / 2), context.Clock, context.Cancellation);
        var loaded = await reader.RunAsync(reading, context.Cancellation);
        var written = await writes;
        context.Screen.Progress(3, 3);

        context.Report.Add(new Table(
            "Page reads over HTTP (100 entries, 400 a second)",
            ["beside", "scores/s written", "p50 ms", "p99 ms", "worst ms"],
            [
                ["nothing", "0", Figures.Fine(idle.Median), Figures.Fine(idle.P99), Figures.Fine(idle.Worst)],
                ["half the most writes", Figures.Whole(written.ScoreRate), Figures.Fine(loaded.Median), Figures.Fine(loaded.P99), Figures.Fine(loaded.Worst)],
            ],
            $"The writes' own p99 was {Figures.Fine(written.P99)} ms. The load generators share the cores, so some of this is theirs."));
        var ratio = loaded.P99 / idle.P99;
        context.Report.Add(new Goal("p99 of a page read beside half the most writes, against idle", Figures.Times(ratio), "≤ 5 ×", ratio <= Goal));
    }
}
