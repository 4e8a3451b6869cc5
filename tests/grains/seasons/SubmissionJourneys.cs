using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;
using static Laurel.Grains.Tests.Seasons.SeasonJourney;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>What was acknowledged is there and counts once, whatever the port and the store do.</summary>
public class SubmissionJourneys
{
    private const string Sum = """{"scoring":{"aggregation":"sum"}}""";

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Every_acknowledged_point_counts_once_through_crashes_and_doubled_activations(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild);
        var journey = await StartAsync(cluster, Sum);
        var points = new Points();
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            await SubmitManyAsync(journey, points, random, clients: 5, batches: 4);
            if (random.Next(2) == 0)
                await cluster.CrashAsync();
        }

        // An older activation that has not noticed may still show what it knew: so read what the store holds.
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        points.AssertHeldBy(await journey.PageAsync());
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_store_that_fails_now_and_then_loses_no_acknowledged_point_and_none_comes_twice(int seed)
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Usual, inner => store = new FaultyStore(inner));
        var journey = await StartAsync(cluster, Sum);
        var points = new Points();
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            store.Plan = Faults.Seeded(random.Next(), 0.15);
            await cluster.LetTimePassAsync(SubmitManyAsync(journey, points, random, clients: 4, batches: 4));
            store.Plan = _ => Fault.None;
            if (random.Next(3) == 0)
                await cluster.CrashAsync();
        }

        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        points.AssertHeldBy(await journey.PageAsync());
    }

    [Fact]
    public async Task A_disk_that_goes_fails_writes_and_not_reads_and_all_goes_on_when_it_returns()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await StartAsync(cluster, Sum);
        Assert.Equal(OutcomeStatus.Ok, (await journey.SubmitAsync(new Score("ada", 3))).Status);

        store.DiskGone = true;
        Assert.Equal(OutcomeStatus.Unavailable, (await journey.SubmitAsync(new Score("ada", 5))).Status);
        Assert.Equal(3, Assert.Single((await journey.PageAsync()).Entries!).Score);

        store.DiskGone = false;
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 7)));
        Assert.Equal(10, Assert.Single((await journey.PageAsync()).Entries!).Score);
    }

    [Fact]
    public async Task A_batch_sent_again_after_the_seasons_end_is_answered_as_before_and_not_sent_on_to_the_next()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, Sum);
        var season = await journey.KeyAsync();
        var batch = Batch(cluster.Clock, new Score("ada", 3));
        Assert.Equal(OutcomeStatus.Ok, (await SubmitAsync(batch)).Status);

        await cluster.Grains.CallAsync(season, static (ISeason grain, SealSeason seal) => grain.SealAsync(seal), new SealSeason());
        Assert.Equal(OutcomeStatus.Ok, (await SubmitAsync(batch)).Status);
        Assert.Equal(OutcomeStatus.WrongWindow, (await SubmitAsync(Batch(cluster.Clock, new Score("ada", 3)))).Status);
        Assert.Equal(3, Assert.Single((await journey.PageAsync()).Entries!).Score);

        Task<ScoreOutcomes> SubmitAsync(ScoreBatch scores) =>
            cluster.Grains.CallAsync(season, static (ISeason grain, ScoreBatch request) => grain.SubmitAsync(request), scores);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_batch_that_arrives_once_more_long_after_it_was_applied_is_refused(bool isLoadedAnew)
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, Sum);
        var season = await journey.KeyAsync();
        var batch = Batch(cluster.Clock, new Score("ada", 3));
        Assert.Equal(OutcomeStatus.Ok, (await SubmitAsync(batch)).Status);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        if (isLoadedAnew)
            await cluster.CrashAsync();
        Assert.Equal(OutcomeStatus.Ok, (await SubmitAsync(Batch(cluster.Clock, new Score("ada", 5)))).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await SubmitAsync(batch)).Status);
        Assert.Equal(8, Assert.Single((await journey.PageAsync()).Entries!).Score);

        Task<ScoreOutcomes> SubmitAsync(ScoreBatch scores) =>
            cluster.Grains.CallAsync(season, static (ISeason grain, ScoreBatch request) => grain.SubmitAsync(request), scores);
    }

    [Fact]
    public async Task An_answer_waits_for_the_disk_also_when_nothing_changes_and_reads_do_not()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"best"}}""");
        await journey.SubmitAsync(new Score("ada", 3));

        store.Hold();
        var first = journey.SubmitAsync(new Score("ada", 9));
        await GrainCluster.UntilAsync(() => Task.FromResult(store.HeldWrites > 0));
        var unchanged = journey.SubmitAsync(new Score("ada", 1));
        Assert.Equal(9, Assert.Single((await journey.PageAsync()).Entries!).Score);
        Assert.False(first.IsCompleted || unchanged.IsCompleted);

        store.Release();
        Assert.Equal(OutcomeStatus.Ok, (await first).Status);
        Assert.Equal(OutcomeStatus.Ok, (await unchanged).Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_season_that_outgrows_its_journal_opens_from_a_snapshot_with_the_same_standings(int seed)
    {
        FaultyStore store = null!;
        var calls = 0;
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"last"},"ranking":{"size":1000000}}""");
        var random = new Random(seed);
        var expected = new Dictionary<string, double>();
        store.Plan = call =>
        {
            calls += call.Method == StoreMethod.CommitSnapshot ? 1 : 0;
            return random.Next(200) == 0 ? Fault.Failed : Fault.None;
        };
        for (var batch = 0; batch < 60; batch++)
        {
            var scores = Enumerable.Range(0, 1000).Select(_ => new Score($"player {random.Next(3000)}", random.Next(1_000_000))).ToArray();
            if ((await journey.SubmitAsync(scores)).Status != OutcomeStatus.Ok)
                continue;
            foreach (var score in scores)
                expected[score.UserId] = score.Value;
        }

        store.Plan = _ => Fault.None;
        await cluster.CrashAsync();
        Assert.True(calls > 0, "no snapshot was taken");
        var held = new Dictionary<string, double>();
        for (var offset = 0; offset < expected.Count; offset += 1000)
        {
            foreach (var entry in (await journey.PageAsync(offset)).Entries!)
                held.Add(entry.UserId, entry.Score);
        }

        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), held.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_season_at_rest_leaves_nothing_to_fold_to_whoever_opens_it_next()
    {
        var snapshots = 0;
        await using var cluster = await GrainCluster.StartAsync(seed: 1, Mischief.None, inner => new FaultyStore(inner)
        {
            Plan = call =>
            {
                snapshots += call.Method == StoreMethod.CommitSnapshot ? 1 : 0;
                return Fault.None;
            },
        });
        var journey = await StartAsync(cluster, Sum);
        for (var first = 0; first < 40_000; first += 1000)
            await journey.SubmitAsync([.. Enumerable.Range(first, 1000).Select(player => new Score($"player {player}", player))]);
        Assert.Equal(0, snapshots);

        await GrainCluster.UntilAsync(() =>
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(snapshots > 0);
        });

        var key = await journey.KeyAsync();
        await cluster.CrashAsync();
        var head = await cluster.Store.Journals.OpenAsync(key);
        Assert.Equal(head.LastSequence, head.SnapshotSequence);
    }

    private static Task SubmitManyAsync(SeasonJourney journey, Points points, Random random, int clients, int batches)
    {
        var plans = Enumerable.Range(0, clients).Select(_ => new Random(random.Next())).ToArray();
        return Task.WhenAll(plans.Select(async plan =>
        {
            for (var batch = 0; batch < batches; batch++)
            {
                var scores = Enumerable.Range(0, plan.Next(1, 6)).Select(_ => new Score($"player {plan.Next(12)}", plan.Next(1, 100))).ToArray();
                points.Note(scores, await journey.SubmitAsync(scores));
            }
        }));
    }

    /// <summary>What each player must have at the least and may have at the most.</summary>
    private sealed class Points
    {
        private readonly Dictionary<string, (double Sure, double Possible)> _points = [];

        public void Note(Score[] scores, ScoreOutcomes outcomes)
        {
            Assert.True(outcomes.Status is OutcomeStatus.Ok or OutcomeStatus.Unavailable, $"{outcomes.Status}");
            lock (_points)
            {
                foreach (var score in scores)
                {
                    var (sure, possible) = _points.GetValueOrDefault(score.UserId);
                    _points[score.UserId] = (sure + (outcomes.Status == OutcomeStatus.Ok ? score.Value : 0), possible + score.Value);
                }
            }
        }

        public void AssertHeldBy(EntryPage page)
        {
            var held = page.Entries!.ToDictionary(entry => entry.UserId, entry => entry.Score);
            foreach (var (userId, (sure, possible)) in _points)
                Assert.InRange(held.GetValueOrDefault(userId), sure, possible);
            Assert.True(_points.Values.Sum(bounds => bounds.Sure) > 0, "nothing was acknowledged");
            Assert.Equal(page.Entries!.OrderByDescending(entry => entry.Score).Select(entry => entry.Score), page.Entries!.Select(entry => entry.Score));
        }
    }
}
