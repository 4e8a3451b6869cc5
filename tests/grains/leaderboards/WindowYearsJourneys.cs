using System.Globalization;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Seasons;
using Laurel.Grains.Tests.Support;
using static Laurel.Grains.Tests.Seasons.SeasonJourney;

namespace Laurel.Grains.Tests.Leaderboards;

/// <summary>
/// Windows end by the clock over months and years, while requests and timers race for it: each once, with the scores of its own time. What
/// the windows are called is reckoned here from the wall clock alone.
/// </summary>
public class WindowYearsJourneys
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];

    private static readonly (string Type, string ResetDay, TimeSpan Step, Func<DateTime, string> KeyOf)[] Kinds =
    [
        ("hourly", "", TimeSpan.FromMinutes(50), static local => local.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)),
        ("daily", "", TimeSpan.FromHours(20), static local => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("weekly", ""","reset_day":"monday" """, TimeSpan.FromDays(6), static local => $"{ISOWeek.GetYear(local)}-W{ISOWeek.GetWeekOfYear(local):D2}"),
        ("monthly", "", TimeSpan.FromDays(20), static local => local.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        ("yearly", "", TimeSpan.FromDays(200), static local => local.ToString("yyyy", CultureInfo.InvariantCulture)),
    ];

    public static TheoryData<string, int, int> Cases
    {
        get
        {
            TheoryData<string, int, int> cases = [];
            foreach (var zone in Zones)
            {
                for (var kind = 0; kind < Kinds.Length; kind++)
                    cases.Add(zone, kind, Random.Shared.Next());
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_window_ends_once_in_order_with_the_scores_of_its_time(string zone, int kind, int seed)
    {
        var (type, resetDay, step, keyOf) = Kinds[kind];
        var random = new Random(seed);
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.None);
        // Shortly before New Year, and before the day that Samoa left out.
        cluster.Clock.AdvanceTo(new DateTimeOffset(2025, 12, 20, 0, 0, 0, TimeSpan.Zero));
        var journey = await StartAsync(cluster, $$$"""{"timeframe":{"type":"{{{type}}}","timezone":"{{{zone}}}"{{{resetDay}}}},"scoring":{"aggregation":"sum"}}""");
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        SortedDictionary<string, double> expected = new(StringComparer.Ordinal);
        var first = KeyNow();

        for (var i = 0; i < 25; i++)
        {
            var plays = random.Next(4) > 0;
            await Task.WhenAll(
                plays ? journey.SubmitAsync(new Score("ada", 1)) : Task.CompletedTask,
                SchedulerPulse.WakeAllAsync(cluster.Grains),
                SchedulerPulse.WakeAllAsync(cluster.Grains));
            if (plays)
                expected[KeyNow()] = expected.GetValueOrDefault(KeyNow()) + 1;
            if (random.Next(8) == 0)
                await cluster.CrashAsync();
            cluster.Clock.Advance(step * (random.NextDouble() * (random.Next(6) == 0 ? 4 : 1.2)));
        }

        await SchedulerPulse.WakeAllAsync(cluster.Grains);
        var ended = await EndedAsync(journey);
        Assert.All(ended, snapshot => Assert.Equal(SeasonPhase.Sealed, snapshot.Season.State));
        Assert.Equal(ended.Select(snapshot => snapshot.Season.WindowKey), ended.Select(snapshot => snapshot.Season.WindowKey).Distinct());
        Assert.Equal(first, ended.Count > 0 ? ended[^1].Season.WindowKey : first);
        for (var i = 1; i < ended.Count; i++)
            Assert.Equal(ended[i - 1].Season.StartsAt, ended[i].Season.EndsAt);
        if (ended.Count > 0)
            Assert.Equal(KeyNow(), keyOf(TimeZoneInfo.ConvertTime(ended[0].Season.EndsAt!.Value, clock).DateTime));
        foreach (var (season, total) in ended)
        {
            var score = expected.GetValueOrDefault(season.WindowKey);
            Assert.Equal(score > 0 ? 1 : 0, total);
            Assert.Equal(season.WindowKey, keyOf(TimeZoneInfo.ConvertTime(season.StartsAt!.Value, clock).DateTime));
            Assert.Equal(score, (await ReadAsync(journey, season.WindowKey)).Sum(entry => entry.Score));
        }

        string KeyNow() => keyOf(TimeZoneInfo.ConvertTime(cluster.Clock.GetUtcNow(), clock).DateTime);
    }

    [Fact]
    public async Task The_day_that_Samoa_left_out_is_no_window()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await StartAsync(cluster, """{"timeframe":{"type":"daily","timezone":"Pacific/Apia"}}""");
        var around = await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, ask) => board.RouteAsync(ask), new RouteRequest(false, "2011-12-29")));
        Assert.Equal(new DateTimeOffset(2011, 12, 31, 0, 0, 0, TimeSpan.FromHours(14)), around.Season!.EndsAt);
        var skipped = await journey.OnBoardAsync(static (board, ask) => board.RouteAsync(ask), new RouteRequest(false, "2011-12-30"));
        Assert.Equal(OutcomeStatus.NotFound, skipped.Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Windows_missed_while_no_process_ran_are_ended_in_order(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await StartAsync(cluster, """{"timeframe":{"type":"hourly"}}""");
        await journey.UntilOkAsync(() => journey.SubmitAsync(new Score("ada", 1)));
        await cluster.CrashAsync();
        cluster.Clock.Advance(TimeSpan.FromHours(240));

        await GrainCluster.UntilAsync(async () =>
        {
            await SchedulerPulse.WakeAllAsync(cluster.Grains);
            return (await EndedAsync(journey)).All(snapshot => snapshot.Total is not null);
        });
        var ended = await EndedAsync(journey);
        Assert.Equal(240, ended.Count);
        Assert.Equal(ended.OrderByDescending(snapshot => snapshot.Season.SealedAt).Select(snapshot => snapshot.Season.WindowKey), ended.Select(snapshot => snapshot.Season.WindowKey));
        Assert.Equal(1, ended.Sum(snapshot => snapshot.Total));
        Assert.Equal("2025-08-01T12", ended[^1].Season.WindowKey);
    }

    private static async Task<IReadOnlyList<SnapshotInfo>> EndedAsync(SeasonJourney journey) => (await journey.UntilOkAsync(() => journey.Cluster.Grains.CallAsync(
        $"{SeasonJourney.Tenant}/{Board}",
        static (ISnapshots snapshots, ListSnapshots request) => snapshots.ListAsync(request),
        new ListSnapshots(null, null, null, 1000)))).Snapshots!;

    private static async Task<IReadOnlyList<EntryView>> ReadAsync(SeasonJourney journey, string window) => (await journey.UntilOkAsync(() => journey.Cluster.Grains.CallAsync(
        $"{SeasonJourney.Tenant}/{Board}",
        static (ISnapshots snapshots, ReadSnapshot request) => snapshots.ReadAsync(request),
        new ReadSnapshot(null, window, 0, 1000)))).Entries!;
}
