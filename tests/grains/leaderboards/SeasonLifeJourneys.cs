using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Seasons;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;
using static Laurel.Grains.Tests.Seasons.SeasonJourney;

namespace Laurel.Grains.Tests.Leaderboards;

/// <summary>A board's life: created, changed, deleted; its seasons opened by the calendar or by hand.</summary>
public class SeasonLifeJourneys
{
    private const string Daily = """{"timeframe":{"type":"daily"},"scoring":{"aggregation":"sum"}}""";
    private const string Manual = """{"timeframe":{"type":"manual"},"scoring":{"aggregation":"sum"}}""";

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Each_day_has_its_own_season_and_a_late_batch_is_routed_again(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, Daily);
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 3)));
        var yesterday = (await RouteAsync(journey)).Season!;
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        var early = Batch(cluster.Clock, new Score("ada", 7));
        var refused = await cluster.Grains.CallAsync(yesterday.Key!, static (ISeason season, ScoreBatch request) => season.SubmitAsync(request), early);
        Assert.Equal(OutcomeStatus.WrongWindow, refused.Status);
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 7)));

        var today = await RouteAsync(journey);
        Assert.Equal(("2025-08-01", SeasonPhase.Ended), (today.Previous!.WindowKey, today.Previous.State));
        Assert.Equal(("2025-08-02", SeasonPhase.Open), (today.Season!.WindowKey, today.Season.State));
        var past = await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.RouteAsync(ask), new RouteRequest(false, "2025-08-01")));
        Assert.Equal(yesterday.Key, past.Season!.Key);
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        Assert.Equal(7, Assert.Single((await journey.PageAsync()).Entries!).Score);
        Assert.Equal(2, (await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.ListSeasonsAsync(ask), new ListSeasons(0, 10)))).Total);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_manual_season_takes_scores_from_its_opening_to_its_closing(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, Manual);
        Assert.Equal(OutcomeStatus.NotActive, (await RouteAsync(journey)).Status);

        var open = new OpenSeason("cup", null, null, Guid.NewGuid());
        var opened = await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.OpenSeasonAsync(ask), open));
        Assert.Equal(SeasonPhase.Open, opened.Season!.State);
        var second = await journey.OnBoardAsync(static (board, ask) => board.OpenSeasonAsync(ask), new OpenSeason("league", null, null, Guid.NewGuid()));
        Assert.Equal(OutcomeStatus.Conflict, second.Status);
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 3)));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var close = new CloseSeason("cup", Guid.NewGuid());
        await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.CloseSeasonAsync(ask), close));
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        Assert.Equal(OutcomeStatus.NotActive, (await RouteAsync(journey)).Status);
        var after = Batch(cluster.Clock, new Score("ada", 5));
        var refused = await cluster.Grains.CallAsync(opened.Season.Key!, static (ISeason season, ScoreBatch request) => season.SubmitAsync(request), after);
        Assert.Equal(OutcomeStatus.WrongWindow, refused.Status);
        Assert.Equal(OutcomeStatus.Conflict, (await journey.OnBoardAsync(static (board, ask) => board.OpenSeasonAsync(ask), open with { RequestId = Guid.NewGuid() })).Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task An_inactive_board_refuses_scores_at_once_and_takes_them_again_when_active(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Usual with { Duplicate = 0 });
        var journey = await StartAsync(cluster, Daily);
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 3)));
        var key = (await RouteAsync(journey)).Season!.Key!;

        await SetAsync(LeaderboardStatus.Inactive);
        Assert.Equal(OutcomeStatus.NotActive, (await RouteAsync(journey)).Status);
        Assert.Equal(OutcomeStatus.NotActive, (await SubmitToAsync()).Status);
        await SetAsync(LeaderboardStatus.Active);
        Assert.Equal(OutcomeStatus.Ok, (await SubmitToAsync()).Status);

        async Task SetAsync(LeaderboardStatus status)
        {
            var update = new UpdateLeaderboard(null, null, status, Guid.NewGuid());
            var updated = await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.UpdateAsync(ask), update));
            Assert.Equal(status, updated.Record!.Status);
        }

        Task<ScoreOutcomes> SubmitToAsync() => cluster.Grains.CallAsync(
            key, static (ISeason season, ScoreBatch request) => season.SubmitAsync(request), Batch(cluster.Clock, new Score("ada", 1)));
    }

    [Fact]
    public async Task Everybody_who_writes_at_a_windows_turn_is_let_in_however_long_its_commit_takes()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await StartAsync(cluster, Daily);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        store.Hold();

        var routes = Enumerable.Range(0, 100)
            .Select(_ => journey.OnBoardAsync(static (board, ask) => board.RouteAsync(ask), new RouteRequest(ForWrite: true))).ToArray();
        await GrainCluster.UntilAsync(() => Task.FromResult(store.HeldWrites > 0));
        // Whoever does not wait for the commit has an answer by now, as others have, who need none.
        for (var other = 0; other < routes.Length; other++)
            await cluster.Grains.CallAsync($"acme/other{other}", static (ILeaderboard board, GetLeaderboard request) => board.GetAsync(request), new GetLeaderboard());
        store.Release();

        Assert.All(await Task.WhenAll(routes), static route => Assert.Equal((OutcomeStatus.Ok, "2025-08-02"), (route.Status, route.Season?.WindowKey)));
    }

    [Fact]
    public async Task A_board_that_was_just_made_is_known_while_the_store_is_gone()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await StartAsync(cluster, Daily);

        store.DiskGone = true;

        var known = await journey.OnBoardAsync(static (board, ask) => board.GetAsync(ask), new GetLeaderboard());
        Assert.Equal(OutcomeStatus.Ok, known.Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_deleted_board_is_gone_and_its_namesake_begins_empty(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, Daily);
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 3)));
        var former = (await RouteAsync(journey)).Season!.Key!;

        var delete = new DeleteLeaderboard(Guid.NewGuid());
        var removed = await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.DeleteAsync(ask), delete));
        Assert.Equal(Board, removed.Record!.LeaderboardId);
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        Assert.Equal(OutcomeStatus.NotFound, (await RouteAsync(journey)).Status);
        Assert.Equal(OutcomeStatus.NotFound, (await cluster.Grains.CallAsync(
            former, static (ISeason season, ScoreBatch request) => season.SubmitAsync(request), Batch(cluster.Clock, new Score("ada", 1)))).Status);

        journey = await StartAsync(cluster, Daily);
        Assert.Empty((await journey.PageAsync()).Entries!);
        Assert.Equal(2, (await RouteAsync(journey)).Record!.Incarnation);
    }

    private static async Task<RouteOutcome> RouteAsync(SeasonJourney journey)
    {
        RouteOutcome route = null!;
        await GrainCluster.UntilAsync(async () =>
            (route = await journey.OnBoardAsync(static (board, ask) => board.RouteAsync(ask), new RouteRequest(ForWrite: true))).Status != OutcomeStatus.Unavailable);
        return route;
    }
}
