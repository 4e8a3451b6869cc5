namespace Laurel.Ranking.Tests;

/// <summary>Randomness that can be had again: the seed goes into the test's output, and <c>LAUREL_SEED</c> sets it.</summary>
internal static class Seeded
{
    public static Random Random(out int seed)
    {
        seed = int.TryParse(Environment.GetEnvironmentVariable("LAUREL_SEED"), out var given) ? given : System.Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"LAUREL_SEED={seed}");
        return new Random(seed);
    }
}
