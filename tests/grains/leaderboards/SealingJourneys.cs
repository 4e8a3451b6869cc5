using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Events;
using Laurel.Grains.Tests.Seasons;
using Laurel.Grains.Tests.Support;
using Laurel.Storage;
using static Laurel.Grains.Tests.Events.EventJourney;

namespace Laurel.Grains.Tests.Leaderboards;

/// <summary>A season is sealed with every event that was accepted in time, and with none that was not.</summary>
public class SealingJourneys
{
    private const string Daily = """
        {"timeframe":{"type":"daily","grace_seconds":600},"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.points"}]},"ranking":{"size":3}}
        """;

    /// <summary>In microseconds.</summary>
    private const long Hour = 3600_000_000;

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Ending_grace_and_sealing_happen_once_whoever_races_for_them(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily));
        var yesterday = Timestamps.Now(cluster.Clock);
        await journey.SendAsync(new("e1", "ada", 1), new("e2", "bob", 2), new("e3", "cyd", 3), new("e4", "dan", 4));
        cluster.Clock.Advance(TimeSpan.FromHours(12));
        await RaceAsync(journey);
        Assert.Equal(SeasonPhase.Ended, (await ReadAsync(journey)).Season!.State);
        Assert.Null((await ReadAsync(journey)).Entries);

        cluster.Clock.Advance(TimeSpan.FromSeconds(500));
        await journey.SendAsync(new("e5", "ada", 10, At: yesterday), new("e6", "eve", 1));
        cluster.Clock.Advance(TimeSpan.FromSeconds(200));
        await GrainCluster.UntilAsync(async () =>
        {
            await RaceAsync(journey);
            return (await ReadAsync(journey)).Season!.State == SeasonPhase.Sealed;
        });
        await journey.SendAsync(new Event("late", "cyd", 100, At: yesterday));
        await journey.DrainAsync();
        await cluster.CrashAsync();

        var final = await ReadAsync(journey);
        Assert.Equal(["ada=11", "dan=4", "cyd=3"], final.Entries!.Select(entry => FormattableString.Invariant($"{entry.UserId}={entry.Score}")));
        Assert.Equal(["eve=1"], await journey.StandingsAsync("daily"));
        Assert.Equal(["ada=11", "dan=4", "cyd=3"], await journey.StandingsAsync("daily", "2025-08-01"));
    }

    [Fact]
    public async Task A_season_is_not_sealed_before_the_last_event_accepted_in_time_has_reached_it()
    {
        FaultySeasons faults = new();
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, factories: faults.Factories);
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily));
        await journey.SendAsync(new Event("e1", "ada", 1));
        await journey.DrainAsync();
        await cluster.CrashAsync();
        faults.AreAway = true;
        Assert.Equal(1, (await journey.SendAsync(new Event("e2", "ada", 2))).Accepted);
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));
        Assert.Equal(SeasonPhase.Ended, (await ReadAsync(journey)).Season!.State);
        faults.AreAway = false;
        await cluster.CrashAsync();
        await cluster.LetTimePassAsync(GrainCluster.UntilAsync(async () =>
        {
            await SchedulerPulse.WakeAllAsync(cluster.Grains);
            return (await ReadAsync(journey)).Season!.State == SeasonPhase.Sealed;
        }));
        Assert.Equal(3, Assert.Single((await ReadAsync(journey)).Entries!).Score);
    }

    [Fact]
    public async Task A_window_that_a_node_with_a_fast_clock_has_played_in_keeps_its_scores_when_it_begins()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily));
        FakeClock fast = new();
        fast.Advance(TimeSpan.FromHours(12));
        var ask = new RouteRequest(ForWrite: true, At: fast.GetUtcNow());
        var route = await journey.OnBoardAsync("daily", static (board, request) => board.RouteAsync(request), ask);
        var submitted = await cluster.Grains.CallAsync(
            route.Season!.Key!, static (ISeason season, ScoreBatch request) => season.SubmitAsync(request), SeasonJourney.Batch(fast, new SeasonJourney.Score("ada", 7)));
        Assert.Equal(OutcomeStatus.Ok, submitted.Status);

        for (var day = 0; day < 2; day++)
        {
            cluster.Clock.Advance(TimeSpan.FromDays(1));
            await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));
        }

        Assert.Equal(["2025-08-03 Open", "2025-08-02 Sealed", "2025-08-01 Sealed"], await SeasonsAsync(journey));
        Assert.Equal("ada", Assert.Single((await ReadAsync(journey, window: "2025-08-02")).Entries!).UserId);
    }

    /// <summary>As the rules of a time zone did that has been moved an hour to the west since, by an update of the system.</summary>
    [Fact]
    public async Task A_season_that_the_former_rules_of_its_time_zone_ended_early_is_sealed_as_it_was_played()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily));
        await journey.SendAsync(new Event("e1", "ada", 7));
        await journey.DrainAsync();
        await EndAnHourEarlierAsync(cluster);

        cluster.Clock.Advance(TimeSpan.FromHours(11.5));
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));

        Assert.Equal(["2025-08-02 Open", "2025-08-01 Sealed"], await SeasonsAsync(journey));
        Assert.Equal("ada", Assert.Single((await ReadAsync(journey)).Entries!).UserId);
        await journey.SendAsync(new Event("e2", "bob", 3));
        await journey.DrainAsync();
        Assert.Equal(["bob=3"], await journey.StandingsAsync("daily"));
    }

    [Fact]
    public async Task A_late_event_of_what_the_former_rules_left_over_of_a_window_counts_in_the_next_one()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily.Replace(":600", ":864000", StringComparison.Ordinal)));
        await journey.SendAsync(new Event("e1", "ada", 7));
        await journey.DrainAsync();
        await EndAnHourEarlierAsync(cluster);
        cluster.Clock.Advance(TimeSpan.FromHours(11.5));
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));
        var leftOver = Timestamps.Now(cluster.Clock);
        cluster.Clock.Advance(TimeSpan.FromDays(2));
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));

        await journey.SendAsync(new Event("e2", "bob", 3, At: leftOver));
        await journey.DrainAsync();
        Assert.Equal(["bob=3"], await journey.StandingsAsync("daily", "2025-08-02"));
        Assert.Equal(["ada=7"], await journey.StandingsAsync("daily", "2025-08-01"));
    }

    [Fact]
    public async Task Final_standings_of_many_pages_know_everyones_place()
    {
        const int players = 2600;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily.Replace("\"size\":3", "\"size\":1000000", StringComparison.Ordinal)));
        for (var from = 0; from < players; from += 100)
            await journey.SendAsync([.. Enumerable.Range(from, 100).Select(i => new Event($"e{i}", $"player {i}", players - i))]);
        cluster.Clock.Advance(TimeSpan.FromDays(2));
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));

        var page = await ReadAsync(journey, offset: 490, limit: 1000);
        Assert.Equal(players, page.Total);
        Assert.Equal(Enumerable.Range(491, 1000), page.Entries!.Select(entry => entry.Rank));
        Assert.Equal(Enumerable.Range(490, 1000).Select(i => $"player {i}"), page.Entries!.Select(entry => entry.UserId));
        foreach (var i in (int[])[0, 499, 500, 1777, players - 1])
        {
            var found = await FindAsync(journey, $"player {i}");
            Assert.Equal((i + 1, (double)(players - i)), (found.Entry!.Rank, found.Entry.Score));
            Assert.Contains(found.Entry, found.Entries!);
        }

        Assert.Equal(OutcomeStatus.NotFound, (await FindAsync(journey, "nobody")).Status);
    }

    [Theory, InlineData("final-part/", "/page/000000"), InlineData("final-part/", "/page/000002"), InlineData("final-part/", "/places/"), InlineData("final/", "")]
    public async Task A_crash_in_the_midst_of_writing_final_standings_leaves_the_right_ones_and_no_window_closed_twice(string records, string part)
    {
        const int players = 1300;
        PausingStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => store = new PausingStore(inner));
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily.Replace("\"size\":3", "\"size\":1000000", StringComparison.Ordinal)));
        for (var from = 0; from < players; from += 100)
            await journey.SendAsync([.. Enumerable.Range(from, 100).Select(i => new Event($"e{i}", $"player {i}", players - i))]);
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        var reached = store.PauseAsync(write => write.Key.StartsWith(records, StringComparison.Ordinal) && write.Key.Contains(part, StringComparison.Ordinal));
        var interrupted = SchedulerPulse.WakeAllAsync(cluster.Grains);
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await cluster.CrashAsync();
        await cluster.LetTimePassAsync(GrainCluster.UntilAsync(async () =>
        {
            await SchedulerPulse.WakeAllAsync(cluster.Grains);
            return (await ReadAsync(journey)).Season!.State == SeasonPhase.Sealed;
        }));
        await cluster.LetTimePassAsync(interrupted);

        var page = await ReadAsync(journey, limit: players);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (i + 1, $"player {i}", (double)(players - i))), page.Entries!.Take(1000).Select(entry => (entry.Rank, entry.UserId, entry.Score)));
        Assert.Equal(players, (await FindAsync(journey, $"player {players - 1}")).Entry!.Rank);
        Assert.Equal(["2025-08-02 Open", "2025-08-01 Sealed"], await SeasonsAsync(journey));
    }

    [Fact]
    public async Task Who_is_erased_leaves_the_disk_also_when_a_crash_keeps_the_former_final_standings_from_being_deleted()
    {
        PausingStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => store = new PausingStore(inner));
        var journey = await EventJourney.StartAsync(cluster, ("daily", Daily));
        await journey.SendAsync(new Event("e1", "ada", 1), new Event("e2", "bob", 2));
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));
        Assert.Contains("ada", await PartsAsync(cluster), StringComparison.Ordinal);

        var reached = store.PauseAsync(static write => write.Key.StartsWith("final-part/", StringComparison.Ordinal) && write.Data is null);
        var erasing = cluster.EraseAsync("ada");
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await cluster.CrashAsync();
        await cluster.LetTimePassAsync(erasing);
        await cluster.TellAllAsync();

        Assert.Equal(["bob"], (await ReadAsync(journey)).Entries!.Select(entry => entry.UserId));
        var parts = await PartsAsync(cluster);
        Assert.Contains("bob", parts, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", parts, StringComparison.Ordinal);
    }

    /// <summary>All pages of final standings in the store.</summary>
    private static async Task<string> PartsAsync(GrainCluster cluster) =>
        string.Concat((await cluster.Store.Records.ListAsync("final-part/", null, 1000)).Select(part => Encoding.Latin1.GetString(part.Data)));

    private static async Task EndAnHourEarlierAsync(GrainCluster cluster)
    {
        var board = new LeaderboardKey(EventJourney.Tenant, "daily");
        var key = new SeasonKey(board, 1, "2025-08-01");
        string[] records = [RecordKeys.Season(key), RecordKeys.LatestSeason(board)];
        var stored = await cluster.Store.Records.GetManyAsync(records);
        var season = Wire.Deserialize<SeasonInfo>(stored[0]!.Data);
        var end = Timestamps.From(season.EndsAt!.Value);
        var data = Wire.Serialize(season with { EndsAt = Timestamps.ToDateTimeOffset(end - Hour) });
        RecordWrite[] writes =
        [
            .. records.Zip(stored, (record, former) => new RecordWrite(record, former!.Version, data)),
            new(RecordKeys.Due(key, end), null, null),
            new(RecordKeys.Due(key, end - Hour), null, []),
        ];
        Assert.Equal(WriteOutcome.Committed, await cluster.Store.Records.CommitAsync(writes));
        await cluster.CrashAsync();
    }

    private static async Task<string[]> SeasonsAsync(EventJourney journey)
    {
        var list = await journey.OnBoardAsync("daily", static (board, ask) => board.ListSeasonsAsync(ask), new ListSeasons(0, 10));
        return [.. list.Seasons!.Select(season => $"{season.WindowKey} {season.State}")];
    }

    private static Task RaceAsync(EventJourney journey) => Task.WhenAll(
        SchedulerPulse.WakeAllAsync(journey.Cluster.Grains),
        SchedulerPulse.WakeAllAsync(journey.Cluster.Grains),
        journey.OnBoardAsync("daily", static (board, ask) => board.RouteAsync(ask), new RouteRequest(true)),
        journey.OnBoardAsync("daily", static (board, ask) => board.TurnAsync(ask), new TurnSeason(1, "2025-08-01")));

    private static Task<SnapshotOutcome> ReadAsync(EventJourney journey, int offset = 0, int limit = 10, string window = "2025-08-01") => journey.UntilOkAsync(() => journey.Cluster.Grains.CallAsync(
        $"{EventJourney.Tenant}/daily",
        static (ISnapshots snapshots, ReadSnapshot request) => snapshots.ReadAsync(request),
        new ReadSnapshot(null, window, offset, limit)));

    private static Task<SnapshotOutcome> FindAsync(EventJourney journey, string userId) => journey.Cluster.Grains.CallAsync(
        $"{EventJourney.Tenant}/daily",
        static (ISnapshots snapshots, FindInSnapshot request) => snapshots.FindAsync(request),
        new FindInSnapshot(null, "2025-08-01", userId, 2));
}
