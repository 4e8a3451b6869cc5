using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>Scores added to, subtracted from and set, whatever the port does.</summary>
public sealed class AdjustmentJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Every_adjustment_counts_once_and_all_of_a_request_or_none(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var random = new Random(seed);
        var journey = await SeasonJourney.StartAsync(cluster, seed % 2 == 0 ? """{"scoring":{"aggregation":"last"}}""" : """{"scoring":{"aggregation":"sum"}}""");
        var expected = Enumerable.Range(0, 5).ToDictionary(static i => $"team{i}", static _ => 0.0);
        await journey.UntilOkAsync(() => journey.SubmitAsync([.. expected.Keys.Select(static team => new SeasonJourney.Score(team, 0))]));

        for (var round = 0; round < 25; round++)
        {
            var breaks = random.Next(4) == 0;
            var adjustments = Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => new ScoreAdjustment($"team{random.Next(5)}", (AdjustmentKind)random.Next(3), random.Next(100))).ToList();
            if (breaks)
                adjustments.AddRange(random.Next(2) == 0 ? [new("stranger", AdjustmentKind.Add, 1)] : [new("team0", AdjustmentKind.Set, double.MaxValue), new("team0", AdjustmentKind.Add, double.MaxValue)]);

            var request = new AdjustScores(Guid.NewGuid(), Timestamps.Now(cluster.Clock), adjustments);
            AdjustmentsOutcome outcome = null!;
            await GrainCluster.UntilAsync(async () =>
                (outcome = await journey.OnSeasonAsync(static (season, adjust) => season.AdjustAsync(adjust), request)).Status is not (OutcomeStatus.Unavailable or OutcomeStatus.Moved));
            if (breaks)
            {
                Assert.Contains(outcome.Status, new[] { OutcomeStatus.NotFound, OutcomeStatus.Invalid });
                continue;
            }

            List<double> scores = [];
            foreach (var (team, kind, amount) in adjustments)
            {
                expected[team] = kind switch
                {
                    AdjustmentKind.Add => expected[team] + amount,
                    AdjustmentKind.Subtract => expected[team] - amount,
                    _ => amount,
                };
                scores.Add(expected[team]);
            }

            Assert.Equal(scores, outcome.Scores!.Select(static score => score.Score));
        }

        await cluster.CrashAsync();
        Assert.Equal(expected, (await journey.PageAsync()).Entries!.ToDictionary(static entry => entry.UserId, static entry => entry.Score));
    }
}
