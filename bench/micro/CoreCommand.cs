using System.CommandLine;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Micro;

/// <summary>
/// The verb <c>core</c>: the ranking core beside Redis' sorted set, in one run, the two taking turns. What is timed on both sides is the
/// choice of a random member and score, giving it the score, and asking for its new rank.
/// </summary>
internal static class CoreCommand
{
    private static readonly Option<int[]> Entries = new("--entries")
    {
        DefaultValueFactory = _ => [1_000_000],
        AllowMultipleArgumentsPerToken = true,
        HelpName = "COUNT",
        Description = "Sizes of the board; with 1000000 10000000 the growth of Laurel's time shows as well",
    };

    private static readonly Option<ScoreKind[]> Scores = new("--scores")
    {
        DefaultValueFactory = _ => [ScoreKind.Random, ScoreKind.Ten],
        AllowMultipleArgumentsPerToken = true,
        HelpName = "KIND",
        Description = "How scores are spread: Random, Whole (below 100,000), Ten (1 to 10)",
    };

    private static readonly Option<int> Rounds = new("--rounds") { DefaultValueFactory = _ => 7, HelpName = "COUNT", Description = "Turns of each; the medians count" };
    private static readonly Option<int> Updates = new("--updates") { DefaultValueFactory = _ => 200_000, HelpName = "COUNT", Description = "Updates in a turn" };

    /// <summary>Runs it. Without redis-server in PATH it measures Laurel alone, and says so.</summary>
    /// <returns>0 when all was measured, whatever the figures.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Compares the ranking core with Redis' sorted set.") { Entries, Scores, Rounds, Updates };
        root.SetAction(async (line, _) =>
        {
            var contest = new CoreContest(line.GetValue(Rounds), line.GetValue(Updates), TimeProvider.System);
            var report = new Report();
            var results = new List<CoreResult>();
            foreach (var kind in line.GetValue(Scores)!)
                results.AddRange(await contest.RunAsync(line.GetValue(Entries)!, kind));

            report.Add(new Table(
                "Update a subject by its id and get its new rank", CoreResult.Columns, [.. results.Select(static result => result.Row)],
                "CPU time per update, medians; on both sides the choice of member and score is in it. Bytes per entry, with ids of 16 bytes."));
            foreach (var goal in CoreResult.GoalsOf(results))
                report.Add(goal);
            if (!contest.HasRedis)
                report.Remarks.Add("redis-server is not in PATH: Laurel was measured alone.");
            ConsoleReport.Write(report, Console.Out);
        });
        return root.Parse(args).InvokeAsync();
    }
}
