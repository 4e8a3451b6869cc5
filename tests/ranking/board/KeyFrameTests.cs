namespace Laurel.Ranking.Tests;

public sealed class KeyFrameTests
{
    [Fact]
    public void A_smaller_key_never_has_a_larger_code_whatever_the_frame()
    {
        var random = Seeded.Random(out _);
        for (var round = 0; round < 20_000; round++)
        {
            var fitted = Keys(random, random.Next(1, 90));
            var frame = KeyFrame.Fit(fitted);
            SortKey[] probes = [.. fitted, .. Keys(random, 20), .. fitted.Take(10).Select(key => Nudge(key, random))];
            Array.Sort(probes);
            for (var i = 1; i < probes.Length; i++)
            {
                Assert.True(frame.CodeOf(probes[i - 1]) <= frame.CodeOf(probes[i]), $"{probes[i - 1]} and {probes[i]}");
            }
        }
    }

    [Theory]
    [InlineData(1_000_000, 1)]
    [InlineData(20, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 86_400_000_000)]
    public void A_fitted_frame_tells_nearly_all_keys_of_a_run_apart(int scores, long ticks)
    {
        var random = Seeded.Random(out _);
        var (keys, codes) = (0, 0);
        for (var round = 0; round < 100; round++)
        {
            var run = Enumerable.Range(0, 80)
                .Select(i => new SortKey(ScoreOrder.ImageOf(1000 + random.Next(scores), Direction.Descending), (i * ticks * 1000) + random.Next(500)))
                .Order()
                .ToArray();
            var frame = KeyFrame.Fit(run);
            keys += run.Length;
            codes += run.Select(key => frame.CodeOf(key)).Distinct().Count();
        }

        Assert.True(codes > keys * 0.97, $"{codes} codes for {keys} keys");
    }

    private static SortKey[] Keys(Random random, int count)
    {
        var (scores, times) = (random.Next(64), random.Next(64));
        var (score, time) = (random.NextInt64() >> random.Next(64), random.NextInt64() >> random.Next(64));
        var step = random.Next(40);
        var keys = new SortKey[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = random.Next(50) == 0
                ? new SortKey(Edge(random), Edge(random))
                : new SortKey(score + (random.NextInt64() >> scores << step), time - (random.NextInt64() >> times));
        }

        Array.Sort(keys);
        return keys;
    }

    private static SortKey Nudge(SortKey key, Random random) =>
        random.Next(2) == 0 ? key with { Score = key.Score + random.Next(-2, 3) } : key with { Time = key.Time + random.Next(-2, 3) };

    private static long Edge(Random random) => random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => 0 };
}
