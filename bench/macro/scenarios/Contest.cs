namespace Laurel.Bench.Macro;

/// <summary>Lets endpoints take turns, so that whatever else the machine does hits them all alike.</summary>
internal static class Contest
{
    // By the end of the first one the runtime has seen what is worth optimizing, by the end of the second it has done it.
    private const int WarmUps = 2;

    /// <summary>Turns of each contestant, the uncounted ones among them.</summary>
    public static int Turns(MacroContext context) => WarmUps + context.Settings.Rounds;

    /// <summary>Runs all rounds after two that do not count.</summary>
    /// <param name="context">The run.</param>
    /// <param name="title">Shown.</param>
    /// <param name="contestants">Who takes part.</param>
    /// <param name="shape">What they are loaded with.</param>
    public static async Task RunAsync(MacroContext context, string title, IReadOnlyList<Contestant> contestants, LoadShape shape)
    {
        var rounds = Turns(context);
        context.Screen.Begin(title);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contestant in contestants)
                await contestant.RunAsync(context, shape, context.Settings.Seed + round, counts: round >= WarmUps);
            context.Screen.Progress(round + 1, rounds);
        }
    }
}
