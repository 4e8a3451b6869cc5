namespace Laurel.Bench.Macro;

/// <summary>A server is killed and started again: how soon does a board of all players answer its first read?</summary>
internal static class ColdSeason
{
    private const double GoalSeconds = 1;

    /// <summary>By then a season that is not written to has left a snapshot of all it holds.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Measures and reports it.</summary>
    /// <exception cref="InvalidOperationException">Entries are missing after a restart.</exception>
    public static async Task RunAsync(MacroContext context, LoadedBoard board)
    {
        var restarts = context.Settings.Restarts;
        context.Screen.Begin("killing the server in the midst of writes, and at rest, and reading its board again");
        var torn = await MeasureAsync(context, board, 1);
        await Task.Delay(Rest, context.Clock, context.Cancellation);
        var rested = await MeasureAsync(context, board, restarts);

        context.Report.Add(new Table(
            $"A cold season of {Figures.Whole(context.Settings.Subjects)} entries, after kill -9",
            ["step", "at rest, median s", "at rest, worst s", "amid writes, s"],
            [
                Row("start of the process to /ready", rested.Ready, torn.Ready),
                Row("/ready to the answer of the first page read", rested.First, torn.First),
                Row("CPU time of the process meanwhile", rested.FirstCpu, torn.FirstCpu),
                Row("the second page read", rested.Second, torn.Second),
            ],
            $"{restarts} restarts of a server at rest, one right after writes. The first read loads the season: head, snapshot, the journal since, order; "
            + "at rest there is no journal since."));
        context.Report.Add(new Goal(
            $"cold season of {Figures.Whole(context.Settings.Subjects)} entries, first read", $"{Figures.Fine(rested.First.Median())} s", "≤ 1 s", rested.First.Median() <= GoalSeconds));
    }

    private static async Task<Times> MeasureAsync(MacroContext context, LoadedBoard board, int restarts)
    {
        var times = new Times([], [], [], []);
        for (var i = 0; i < restarts; i++)
        {
            await board.Server.CrashAndRestartAsync(context.Cancellation);
            times.Ready.Add(board.Server.ReadyAfter.TotalSeconds);
            using var reader = new LaurelAdmin(board.Server.Address, board.ReadKey);
            var cpu = board.Server.Process.CpuTime;
            times.First.Add(await TimeReadAsync(context, reader));
            times.FirstCpu.Add((board.Server.Process.CpuTime - cpu).TotalSeconds);
            times.Second.Add(await TimeReadAsync(context, reader));
            context.Screen.Progress(i + 1, restarts);
        }

        return times;
    }

    private static string[] Row(string step, List<double> rested, List<double> torn) =>
        [step, Figures.Fine(rested.Median()), Figures.Fine(rested.Max()), Figures.Fine(torn.Median())];

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

    private readonly record struct Times(List<double> Ready, List<double> First, List<double> FirstCpu, List<double> Second);
}
