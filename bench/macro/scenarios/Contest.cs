namespace Laurel.Bench.Macro;

/// <summary>Lets endpoints take turns, so that whatever else the machine does hits them all alike.</summary>
internal static class Contest
{
    /// <summary>Runs all rounds after one that does not count.</summary>
    /// <param name="context">The run.</param>
    /// <param name="title">Shown.</param>
    /// <param name="contestants">Who takes part.</param>
    /// <param name="requests">Of each turn.</param>
    /// <param name="batchSize">Scores of a request.</param>
    public static async Task RunAsync(MacroContext context, string title, IReadOnlyList<Contestant> contestants, long requests, int batchSize)
    {
        var rounds = context.Settings.Rounds;
        context.Screen.Begin(title);
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var contestant in contestants)
                await contestant.RunAsync(context, requests, batchSize, context.Settings.Seed + round, counts: round > 0);
            context.Screen.Progress(round + 1, rounds + 1);
        }
    }
}
