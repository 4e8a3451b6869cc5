using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using static Laurel.Grains.Tests.Seasons.SeasonJourney;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>Who stands where: order, ties, hidden and unknown players, limits, removal, idempotency keys.</summary>
public class StandingsJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Pages_neighbours_and_single_reads_number_entries_alike(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"best"}}""");
        var random = new Random(seed);
        var best = new Dictionary<string, (double Score, long At)>();
        for (var i = 0; i < 30; i++)
        {
            var score = new Score($"player {random.Next(25)}", random.Next(6), random.Next(4));
            await journey.UntilOkAsync(() => journey.SubmitAsync(score));
            var achieved = (score.Value, score.AchievedAt!.Value);
            var isFirst = !best.TryGetValue(score.UserId, out var known);
            if (isFirst || achieved.Item1 > known.Score || (achieved.Item1 == known.Score && achieved.Item2 < known.At))
                best[score.UserId] = achieved;
        }

        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        var order = best.OrderByDescending(pair => pair.Value.Score).ThenBy(pair => pair.Value.At)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).ToArray();
        var ordinal = await journey.PageAsync();
        var standard = await journey.PageAsync(ranks: RankStyle.Standard);
        Assert.Equal(order, ordinal.Entries!.Select(entry => entry.UserId));
        Assert.Equal(Enumerable.Range(1, order.Length), ordinal.Entries!.Select(entry => entry.Rank));
        Assert.Equal(order.Select(id => 1 + best.Values.Count(other => other.Score > best[id].Score)), standard.Entries!.Select(entry => entry.Rank));
        Assert.Equal(standard.Entries!.Skip(3).Take(4), (await journey.PageAsync(3, 4, RankStyle.Standard)).Entries!);
        for (var i = 0; i < order.Length; i++)
        {
            var read = await journey.OnSeasonAsync(static (season, request) => season.ReadEntryAsync(request), new ReadEntry(order[i], Around: 2));
            Assert.Equal(ordinal.Entries![i], read.Entry);
            Assert.Equal(ordinal.Entries!.Skip(Math.Max(0, i - 2)).Take(Math.Min(i, 2) + 3), read.Neighbours!);
        }
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_hidden_player_leaves_every_rank_and_returns_to_it(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, """{"submission":{"registry":"strict"}}""");
        await Task.WhenAll(new[] { "ada", "bob", "eve" }.Select(id => journey.PutAsync(new PlayerPut(id, id.ToUpperInvariant(), false, null))));
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 3), new Score("bob", 2), new Score("eve", 1)));

        await journey.PutAsync(new PlayerPut("bob", null, true, null));
        await cluster.TellAllAsync();
        await cluster.LetTimePassAsync(ShownAsync(journey, "ADA 1", "EVE 2"));
        cluster.Mischief = Mischief.None;
        var refused = await journey.SubmitAsync(new Score("bob", 9), new Score("zoe", 9), new Score("ada", 1));
        Assert.Equal([ScoreStatus.PrivacyDisabled, ScoreStatus.UserNotFound, ScoreStatus.Applied], refused.Statuses);

        await journey.PutAsync(new PlayerPut("bob", null, false, null));
        await cluster.LetTimePassAsync(ShownAsync(journey, "ADA 1", "BOB 2", "EVE 3"));
    }

    [Fact]
    public async Task An_erased_player_is_gone_and_may_begin_anew()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"sum"}}""");
        await journey.SubmitAsync(new Score("ada", 3), new Score("bob", 2));
        await journey.UntilOkAsync(() => cluster.Grains.CallAsync(
            PlayersKey.Of(SeasonJourney.Tenant, "ada").ToString(), static (IPlayers part, ErasePlayer request) => part.EraseAsync(request), new ErasePlayer("ada")));
        Assert.Equal("bob", Assert.Single((await journey.PageAsync()).Entries!).UserId);
        await cluster.CrashAsync();
        Assert.Equal("bob", Assert.Single((await journey.PageAsync()).Entries!).UserId);
        await journey.SubmitAsync(new Score("ada", 1));
        Assert.Equal(["bob", "ada"], (await journey.PageAsync()).Entries!.Select(entry => entry.UserId));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_erased_player_leaves_the_final_standings_of_a_deleted_board_too(bool isMadeAnew)
    {
        const string daily = """{"timeframe":{"type":"daily"}}""";
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, daily);
        await journey.SubmitAsync(new Score("ada", 3), new Score("bob", 2));
        var window = SeasonKey.Parse(await journey.KeyAsync()).Window;
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));
        await journey.OnBoardAsync(static (board, request) => board.DeleteAsync(request), new DeleteLeaderboard(Guid.NewGuid()));
        if (isMadeAnew)
            await StartAsync(cluster, daily);
        await cluster.CrashAsync();
        Assert.Equal(["ada 1", "bob 2"], await FinalAsync());

        Assert.Equal(OutcomeStatus.Ok, (await cluster.EraseAsync("ada")).Status);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.Equal(["bob 1"], await FinalAsync());

        async Task<IEnumerable<string>> FinalAsync()
        {
            var final = await cluster.Grains.CallAsync(
                $"{SeasonJourney.Tenant}/{Board}", static (ISnapshots grain, ReadSnapshot read) => grain.ReadAsync(read), new ReadSnapshot(1, window, 0, 10));
            return final.Entries!.Select(static entry => FormattableString.Invariant($"{entry.UserId} {entry.Rank}"));
        }
    }

    [Fact]
    public async Task Limits_of_the_board_decide_what_is_taken_and_what_is_listed()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, """{"ranking":{"size":2,"min_score":10},"submission":{"min_score":0,"max_score":100},"scoring":{"aggregation":"last"}}""");
        var outcomes = await journey.SubmitAsync(
            new Score("low", 5), new Score("ada", 30), new Score("bob", 20), new Score("eve", 10), new Score("out", 101), new Score("out", -1));
        Assert.Equal([0, 0, 0, 0, ScoreStatus.Validation, ScoreStatus.Validation], outcomes.Statuses!);

        var page = await journey.PageAsync();
        Assert.Equal(2, page.Total);
        Assert.Equal(["ada", "bob"], page.Entries!.Select(entry => entry.UserId));
        Assert.Equal(3, (await ReadAsync("eve")).Entry!.Rank);
        Assert.Equal(OutcomeStatus.NotFound, (await ReadAsync("low")).Status);
        await journey.SubmitAsync(new Score("low", 40));
        Assert.Equal(1, (await ReadAsync("low")).Entry!.Rank);

        Task<EntryOutcome> ReadAsync(string id) => journey.OnSeasonAsync(static (season, request) => season.ReadEntryAsync(request), new ReadEntry(id));
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_removed_entry_is_gone_and_a_later_score_begins_anew(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"sum"}}""");
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 3), new Score("bob", 2)));
        var removal = new RemoveEntry(Guid.NewGuid(), "ada");
        var removed = await journey.UntilOkAsync(() => journey.OnSeasonAsync(static (season, request) => season.RemoveEntryAsync(request), removal));
        Assert.Equal((3, 1), (removed.Entry!.Score, removed.Entry.Rank));
        await cluster.CrashAsync();
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 1)));
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        Assert.Equal([("bob", 2.0), ("ada", 1.0)], (await journey.PageAsync()).Entries!.Select(entry => (entry.UserId, entry.Score)));
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task An_idempotency_key_counts_once_within_a_day_and_across_windows(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"sum"},"timeframe":{"type":"hourly"}}""");
        var score = new Score("ada", 3, 1, new ScoreExtra("Ada", null, "match 17", Fingerprint: 5));
        var first = await journey.UntilOkAsync(() => journey.SubmitAsync(score));
        Assert.Equal(new ScoreStanding(null, 3, null, 1), first.Standings![0]);

        var twice = await journey.UntilOkAsync(() => journey.SubmitAsync(score, score));
        Assert.Equal([ScoreStatus.Duplicate, ScoreStatus.Duplicate], twice.Statuses);
        Assert.Equal(first.Standings[0], twice.Standings![1]);
        var other = await journey.UntilOkAsync(() => journey.SubmitAsync(score with { Extra = score.Extra! with { Fingerprint = 6 } }));
        Assert.Equal([ScoreStatus.Conflict], other.Statuses);

        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await cluster.CrashAsync();
        var later = await journey.UntilOkAsync(() => journey.SubmitAsync(score));
        Assert.Equal([ScoreStatus.Duplicate], later.Statuses);

        cluster.Clock.Advance(TimeSpan.FromHours(24));
        var dayAfter = await journey.UntilOkAsync(() => journey.SubmitAsync(score));
        Assert.Null(dayAfter.Statuses);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_idempotency_key_of_a_score_that_changed_nothing_outlives_the_activation(bool crashes)
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"best"}}""");
        await journey.SubmitAsync(new Score("ada", 100));
        var lower = new Score("ada", 50, Extra: new ScoreExtra(null, null, "match 17", Fingerprint: 5));
        Assert.Equal([ScoreStatus.Unchanged], (await journey.SubmitAsync(lower)).Statuses);

        await (crashes ? cluster.CrashAsync() : cluster.RestartAsync());
        Assert.Equal([ScoreStatus.Duplicate], (await journey.SubmitAsync(lower)).Statuses);
        var other = await journey.SubmitAsync(lower with { Value = 200, Extra = lower.Extra! with { Fingerprint = 6 } });
        Assert.Equal([ScoreStatus.Conflict], other.Statuses);
    }

    [Fact]
    public async Task Names_stay_metadata_goes_with_the_score_it_came_with()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, """{"scoring":{"aggregation":"best"}}""");
        await journey.SubmitAsync(new Score("ada", 5, 1, new ScoreExtra("Ada", """{"car":"red"}""", null)));
        await journey.SubmitAsync(new Score("ada", 4, 2, new ScoreExtra("Ada L.", """{"car":"blue"}""", null)));
        await journey.SubmitAsync(new Score("ada", 3));
        await cluster.CrashAsync();
        var entry = Assert.Single((await journey.PageAsync()).Entries!);
        Assert.Equal(("Ada L.", """{"car":"red"}""", 5.0), (entry.Name, entry.Metadata, entry.Score));
        await journey.SubmitAsync(new Score("ada", 6, 3, new ScoreExtra(null, "", null)));
        Assert.Null(Assert.Single((await journey.PageAsync()).Entries!).Metadata);
    }

    private static async Task ShownAsync(SeasonJourney journey, params string[] expected) => await GrainCluster.UntilAsync(async () =>
        (await journey.PageAsync()).Entries!.Select(entry => $"{entry.Name} {entry.Rank}").SequenceEqual(expected));
}
