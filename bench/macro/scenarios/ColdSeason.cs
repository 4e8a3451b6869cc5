namespace Laurel.Bench.Macro;

/// <summary>A server is killed and started again: how soon does a board of all players answer its first read?</summary>
internal static class ColdSeason
{
    private const double GoalSeconds = 1;

    /// <summary>Measures and reports it.</summary>
    /// <exception cref="InvalidOperationException">Entries are missing after a restart.</exception>
    public static async Task RunAsync(MacroContext context, LoadedBoard board)
    {
        var restarts = context.Settings.Restarts;
        context.Screen.Begin("killing the server and reading its board again");
        List<double> ready = [], first = [], firstCpu = [], second = [];
        for (var i = 0; i < restarts; i++)
        {
            await board.Server.CrashAndRestartAsync(context.Cancellation);
            ready.Add(board.Server.ReadyAfter.TotalSeconds);
            using var reader = new LaurelAdmin(board.Server.Address, board.ReadKey);
            var cpu = board.Server.Process.CpuTime;
            first.Add(await TimeReadAsync(context, reader));
            firstCpu.Add((board.Server.Process.CpuTime - cpu).TotalSeconds);
            second.Add(await TimeReadAsync(context, reader));
            context.Screen.Progress(i + 1, restarts);
        }

        context.Report.Add(new Table(
            $"A cold season of {Figures.Whole(context.Settings.Subjects)} entries, after kill -9",
            ["step", "median s", "worst s"],
            [
                ["start of the process to /ready", Figures.Fine(ready.Median()), Figures.Fine(ready.Max())],
                ["/ready to the answer of the first page read", Figures.Fine(first.Median()), Figures.Fine(first.Max())],
                ["CPU time of the process meanwhile", Figures.Fine(firstCpu.Median()), Figures.Fine(firstCpu.Max())],
                ["the second page read", Figures.Fine(second.Median()), Figures.Fine(second.Max())],
            ],
            $"{restarts} restarts. The first read loads the season: head, snapshot, journal, order."));
        context.Report.Add(new Goal(
            $"cold season of {Figures.Whole(context.Settings.Subjects)} entries, first read", $"{Figures.Fine(first.Median())} s", "≤ 1 s", first.Median() <= GoalSeconds));
    }

    private static double Median(this List<double> values) => Figures.Median(values);

    private static async Task<double> TimeReadAsync(MacroContext context, LaurelAdmin reader)
    {
        var since = context.Clock.GetTimestamp();
        var total = await reader.ReadFirstPageAsync(LoadedBoard.Board, context.Cancellation);
        var elapsed = context.Clock.GetElapsedTime(since);
        return total == context.Settings.Subjects
            ? elapsed.TotalSeconds
            : throw new InvalidOperationException($"After a restart the board lists {total} entries instead of {context.Settings.Subjects}.");
    }
}
