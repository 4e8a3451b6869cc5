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
    [Fact]
    public async Task An_adjustment_counts_though_it_was_received_before_the_one_it_comes_after()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await SeasonJourney.StartAsync(cluster, """{"scoring":{"aggregation":"last"}}""");
        await journey.SubmitAsync(new SeasonJourney.Score("team", 0));
        var now = Timestamps.Now(cluster.Clock);

        await AddAsync(5, receivedAt: now + 20_000);
        var later = await AddAsync(3, receivedAt: now + 10_000);
        Assert.Equal(5 + 3, Assert.Single(later.Scores!).Score);
        await cluster.CrashAsync();
        Assert.Equal(5 + 3, Assert.Single((await journey.PageAsync()).Entries!).Score);

        Task<AdjustmentsOutcome> AddAsync(double amount, long receivedAt) => journey.OnSeasonAsync(
            static (season, request) => season.AdjustAsync(request),
            new AdjustScores(Guid.NewGuid(), receivedAt, [new ScoreAdjustment("team", AdjustmentKind.Add, amount)]));
    }

    [Fact]
    public async Task An_adjustment_sent_again_after_the_seasons_end_is_answered_as_before()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await SeasonJourney.StartAsync(cluster, """{"scoring":{"aggregation":"last"}}""");
        await journey.SubmitAsync(new SeasonJourney.Score("team", 1));
        var season = await journey.KeyAsync();
        var request = new AdjustScores(Guid.NewGuid(), Timestamps.Now(cluster.Clock), [new ScoreAdjustment("team", AdjustmentKind.Add, 2)]);
        var first = await AdjustAsync();
        Assert.Equal(OutcomeStatus.Ok, first.Status);

        await cluster.Grains.CallAsync(season, static (ISeason grain, SealSeason seal) => grain.SealAsync(seal), new SealSeason());
        Assert.Equal(first.Scores, (await AdjustAsync()).Scores);

        Task<AdjustmentsOutcome> AdjustAsync() =>
            cluster.Grains.CallAsync(season, static (ISeason grain, AdjustScores adjust) => grain.AdjustAsync(adjust), request);
    }
}
