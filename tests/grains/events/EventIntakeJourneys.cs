using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;
using static Laurel.Grains.Tests.Events.EventJourney;

namespace Laurel.Grains.Tests.Events;

/// <summary>Events are scored once on every board they concern, whatever happens on the way.</summary>
public class EventIntakeJourneys
{
    private const string Sum = """{"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.points"}],"aggregation":"sum"}}""";
    private const string Ranked = """
        {"scope":{"filters":{"attrs.mode":{"eq":"ranked"}}},"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.points * 2"}],"aggregation":"max"}}
        """;
    private const string Manual = """
        {"timeframe":{"type":"manual"},"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.points"}],"aggregation":"sum"}}
        """;
    private const string Count = """{"timeframe":{"type":"daily"},"scoring":{"rules":[{"event_type":"kill","points_expression":"1"}],"aggregation":"count"}}""";

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Every_accepted_event_counts_once_on_every_board_it_matches(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum), ("ranked", Ranked), ("count", Count));
        var random = new Random(seed);
        Dictionary<string, Event> sent = [];
        for (var call = 0; call < 12; call++)
        {
            var events = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Next(random, sent)).ToArray();
            await journey.SendAsync(events);
            foreach (var one in events)
                sent.TryAdd(one.Id, one);
            if (random.Next(4) == 0)
                await cluster.CrashAsync();
        }

        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        await journey.DrainAsync();
        // What is left of the mischief may have made second activations, and what is read is to come from the store.
        await cluster.CrashAsync();
        var kills = sent.Values.Where(one => one.Type == "kill").ToLookup(one => one.Actor);
        Assert.Equal(Order(kills, all => all.Sum(one => one.Points)), (await journey.StandingsAsync("sum")).Order());
        Assert.Equal(Order(kills, all => all.Count()), (await journey.StandingsAsync("count")).Order());
        var ranked = sent.Values.Where(one => one is { Type: "kill", Mode: "ranked" }).ToLookup(one => one.Actor);
        Assert.Equal(Order(ranked, all => all.Max(one => one.Points) * 2), (await journey.StandingsAsync("ranked")).Order());
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Events_reach_a_board_that_plays_again_whoever_has_not_heard_of_it(int seed)
    {
        for (var round = 0; round < 6; round++)
        {
            await using var cluster = await GrainCluster.StartAsync(seed + round, Mischief.None with { Delay = 0.3, Duplicate = 0.6 });
            var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
            await journey.SendAsync(new Event("e0", "eve", 8));
            await journey.DrainAsync();
            await SetStatusAsync(journey, "sum", LeaderboardStatus.Inactive);
            await SetStatusAsync(journey, "sum", LeaderboardStatus.Active);
            await journey.SendAsync(new Event("e1", "ada", 1), new Event("e2", "bob", 2));
            await journey.SendAsync(new Event("e3", "ada", 4));
            cluster.Mischief = Mischief.None;
            await cluster.CrashAsync();
            await journey.DrainAsync();
            Assert.Equal(["eve=8", "ada=5", "bob=2"], await journey.StandingsAsync("sum"));
        }
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_repeat_within_a_day_is_accepted_and_ignored_also_after_a_restart(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        Assert.Equal((2, null), Of(await journey.SendAsync(new("e1", "ada", 1), new("e2", "ada", 2))));
        Assert.Equal((1, "0,2"), Of(await journey.SendAsync(new("e2", "ada", 2), new("e3", "ada", 4), new("e3", "ada", 4))));
        await cluster.CrashAsync();
        Assert.Equal((0, "0"), Of(await journey.SendAsync(new Event("e1", "ada", 1))));
        cluster.Clock.Advance(TimeSpan.FromHours(23.9));
        await cluster.RestartAsync();
        Assert.Equal((0, "0,1"), Of(await journey.SendAsync(new("e1", "ada", 1), new("e3", "ada", 1))));
        cluster.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((1, null), Of(await journey.SendAsync(new Event("e1", "ada", 8))));
        await journey.DrainAsync();
        Assert.Equal(["ada=15"], await journey.StandingsAsync("sum"));

        static (int, string?) Of(EventsAccepted accepted) => (accepted.Accepted, accepted.Duplicates is { } places ? string.Join(',', places) : null);
    }

    [Fact]
    public async Task Each_request_is_answered_when_its_own_write_ends_however_much_waits_behind_it()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await EventJourney.StartAsync(cluster);
        await journey.SendAsync(new Event("first", "ada", 1));

        store.Plan = Faults.Script(StoreMethod.Append, Fault.None, Fault.None, Fault.Failed);
        store.Hold();
        var underWay = journey.SendOnceAsync(journey.Batch(new Event("second", "ada", 1)));
        await GrainCluster.UntilAsync(() => Task.FromResult(store.HeldWrites > 0));
        // 200 KB each, five or six of them a blob, in whatever order they arrive. The first answer is a refusal: by then as much waits as may.
        var large = Enumerable.Range(0, 200).Select(i => journey.SendOnceAsync(journey.Batch(
            [.. Enumerable.Range(0, 100).Select(j => new Event($"{i} {j}", "ada", 1, Mode: new string('x', 2000)))]))).ToArray();
        Assert.Equal(OutcomeStatus.Busy, (await await Task.WhenAny(large)).Status);
        store.Release();

        Assert.Equal(OutcomeStatus.Ok, (await underWay).Status);
        var statuses = (await Task.WhenAll(large)).CountBy(static outcome => outcome.Status).ToDictionary();
        Assert.InRange(statuses.GetValueOrDefault(OutcomeStatus.Ok), 5, 12);
        Assert.True(statuses[OutcomeStatus.Unavailable] > 100);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_request_whose_answer_was_lost_gets_the_same_answer_again(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        var batch = journey.Batch(new("e1", "ada", 1), new("e1", "ada", 1), new("e2", "ada", 2));
        var first = await journey.SendOnceAsync(batch);
        Assert.Equal((2, 1), (first.Accepted, first.Duplicates!.Count));
        Assert.Equal(first.Duplicates, (await journey.SendOnceAsync(batch)).Duplicates);
        await cluster.CrashAsync();
        var again = await journey.SendOnceAsync(batch);
        Assert.Equal((2, 1), (again.Accepted, again.Duplicates!.Count));
        await journey.DrainAsync();
        Assert.Equal(["ada=3"], await journey.StandingsAsync("sum"));
    }

    [Fact]
    public async Task What_was_accepted_before_a_crash_is_delivered_by_the_next_start_alone()
    {
        FaultySeasons faults = new();
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, factories: faults.Factories);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum), ("count", Count));
        faults.AreAway = true;
        Assert.Equal(2, (await journey.SendAsync(new("e1", "ada", 1), new("e2", "bob", 2))).Accepted);
        await cluster.CrashAsync();
        faults.AreAway = false;

        await cluster.LetTimePassAsync(EventOutboxSweep.RunAsync(cluster.Store, cluster.Grains));
        Assert.Equal(["bob=2", "ada=1"], await journey.StandingsAsync("sum"));
        Assert.Equal(["ada=1", "bob=1"], await journey.StandingsAsync("count"));
    }

    [Fact]
    public async Task Ids_are_remembered_when_their_events_have_left_the_journal()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        var padding = new string('x', 2000);
        const int calls = 60;
        for (var call = 0; call < calls; call++)
        {
            await journey.SendAsync([.. Enumerable.Range(0, 50).Select(i => new Event($"e{call}-{i}", "ada", 1, Mode: padding))]);
            await journey.DrainAsync();
        }

        await GrainCluster.UntilAsync(async () => (await cluster.Store.Records.ListAsync(RecordKeys.EventIdsOf(EventsKey.Of(EventJourney.Tenant).ToString()), null, 10)).Count > 0);
        await cluster.RestartAsync();
        var repeated = await journey.SendAsync(new("e0-0", "ada", 1), new($"e{calls - 1}-49", "ada", 1), new("new", "ada", 1));
        Assert.Equal([0, 1], repeated.Duplicates!);
        await journey.DrainAsync();
        Assert.Equal([$"ada={calls * 50 + 1}"], await journey.StandingsAsync("sum"));
    }

    [Fact]
    public async Task The_journal_is_trimmed_also_when_no_activation_writes_much()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        var padding = new string('x', 2000);
        for (var call = 0; call < 60; call++)
        {
            if (call % 10 == 0)
                await cluster.RestartAsync();
            await journey.SendAsync([.. Enumerable.Range(0, 50).Select(i => new Event($"e{call}-{i}", "ada", 1, Mode: padding))]);
            await journey.DrainAsync();
        }

        await GrainCluster.UntilAsync(async () => (await cluster.Store.Records.ListAsync(RecordKeys.EventIdsOf(EventsKey.Of(EventJourney.Tenant).ToString()), null, 10)).Count > 0);
        await cluster.RestartAsync();
        Assert.Equal([0], (await journey.SendAsync(new Event("e0-0", "ada", 1))).Duplicates!);
        Assert.Equal(["ada=3000"], await journey.StandingsAsync("sum"));
    }

    [Fact]
    public async Task Events_between_two_manual_seasons_count_for_none_and_ask_for_one_once()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("manual", Manual));
        await SendManyAsync("before", 1);
        await OpenAsync("first");
        await SendManyAsync("during", 2);
        await journey.UntilOkAsync(() => journey.OnBoardAsync("manual", static (board, close) => board.CloseSeasonAsync(close), new CloseSeason("first", Guid.NewGuid())));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await SendManyAsync("between", 4);
        await OpenAsync("second");
        await SendManyAsync("after", 8);

        Assert.Equal(["ada=100"], await journey.StandingsAsync("manual", "first"));
        Assert.Equal(["ada=400"], await journey.StandingsAsync("manual", "second"));

        async Task SendManyAsync(string name, int points)
        {
            await journey.SendAsync([.. Enumerable.Range(0, 50).Select(i => new Event($"{name}-{i}", "ada", points))]);
            await journey.DrainAsync();
            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        async Task OpenAsync(string season) => await journey.UntilOkAsync(() => journey.OnBoardAsync(
            "manual", static (board, open) => board.OpenSeasonAsync(open), new OpenSeason(season, null, null, Guid.NewGuid())));
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task An_event_counts_for_its_own_window_while_its_grace_lasts_and_not_after(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await EventJourney.StartAsync(cluster, ("count", Count));
        var yesterday = Timestamps.Now(cluster.Clock);
        cluster.Clock.Advance(TimeSpan.FromDays(1).Subtract(cluster.Clock.GetUtcNow().TimeOfDay) + TimeSpan.FromSeconds(299));
        await journey.SendAsync(new("in time", "ada", 1, At: yesterday), new("today", "bob", 1));
        await journey.DrainAsync();
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        await journey.SendAsync(new Event("late", "ada", 1, At: yesterday));
        await journey.DrainAsync();
        // A second activation of the board may not have heard of the season of today.
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();

        Assert.Equal(["ada=1"], await journey.StandingsAsync("count", Timestamps.FormatSeconds(yesterday)[..10]));
        Assert.Equal(["bob=1"], await journey.StandingsAsync("count"));
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Events_that_come_too_late_are_counted_once_at_the_season_they_missed(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var journey = await EventJourney.StartAsync(cluster, ("count", Count), ("sum", Sum));
        var yesterday = Timestamps.Now(cluster.Clock);
        await journey.SendAsync(new Event("in time", "ada", 1));
        await journey.DrainAsync();
        cluster.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(6));

        var random = new Random(seed);
        for (var call = 0; call < 6; call++)
        {
            await journey.SendAsync(
                new($"late {call}", "ada", 1, At: yesterday), new($"other {call}", "ada", 1, "login", At: yesterday), new($"old {call}", "ada", 1, At: 0), new($"today {call}", "bob", 1));
            if (random.Next(2) == 0)
                await cluster.CrashAsync();
        }

        await journey.DrainAsync();
        await cluster.CrashAsync();
        Assert.Equal(["2025-08-02=0", "2025-08-01=6"], await journey.LateAsync("count"));
        Assert.Equal(["all_time=0"], await journey.LateAsync("sum"));
        Assert.Equal(["ada=1"], await journey.StandingsAsync("count", "2025-08-01"));
    }

    [Fact]
    public async Task An_intake_that_remembers_too_many_ids_takes_events_again_when_they_are_a_day_old()
    {
        await using var cluster = await StartAsync(mostIds: 20);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        Assert.Equal(OutcomeStatus.Ok, (await SendManyAsync(journey, 20)).Status);
        Assert.Equal(OutcomeStatus.Busy, (await SendManyAsync(journey, 1)).Status);

        cluster.Clock.Advance(TimeSpan.FromHours(30));
        Assert.Equal(OutcomeStatus.Ok, (await SendManyAsync(journey, 1)).Status);
        await journey.DrainAsync();
    }

    [Fact]
    public async Task A_steady_stream_is_never_refused_for_ids_that_are_older_than_a_day()
    {
        const int hourly = 12;
        await using var cluster = await StartAsync(mostIds: 25 * hourly * 10 / 6);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        for (var hour = 0; hour < 72; hour++)
        {
            Assert.Equal(OutcomeStatus.Ok, (await SendManyAsync(journey, hourly)).Status);
            await journey.DrainAsync();
            cluster.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Events_of_the_former_window_count_when_a_board_was_paused_over_its_end()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("count", Count));
        var yesterday = Timestamps.Now(cluster.Clock);
        var midnight = cluster.Clock.GetUtcNow().Date.AddDays(1);
        await journey.SendAsync(new Event("before", "ada", 1));
        await journey.DrainAsync();

        cluster.Clock.AdvanceTo(midnight.AddMinutes(-10));
        await SetStatusAsync(journey, "count", LeaderboardStatus.Inactive);
        cluster.Clock.AdvanceTo(midnight);
        await cluster.LetTimePassAsync(SchedulerPulse.WakeAllAsync(cluster.Grains));
        cluster.Clock.AdvanceTo(midnight.AddMinutes(2));
        await SetStatusAsync(journey, "count", LeaderboardStatus.Active);
        await journey.SendAsync(new Event("within grace", "ada", 1, At: yesterday));
        await journey.DrainAsync();

        Assert.Equal(["ada=2"], await journey.StandingsAsync("count", "2025-08-01"));
    }

    [Fact]
    public async Task A_board_made_between_two_events_scores_the_second_and_an_inactive_one_none()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await EventJourney.StartAsync(cluster, ("sum", Sum));
        await journey.SendAsync(new Event("e1", "ada", 1));
        await journey.DrainAsync();
        await journey.MakeAsync("second", Sum);
        await journey.SendAsync(new Event("e2", "ada", 2));
        await journey.DrainAsync();
        await SetStatusAsync(journey, "sum", LeaderboardStatus.Inactive);
        await journey.SendAsync(new Event("e3", "ada", 4));
        await journey.DrainAsync();

        Assert.Equal(["ada=3"], await journey.StandingsAsync("sum"));
        Assert.Equal(["ada=6"], await journey.StandingsAsync("second"));
    }

    private static Task<GrainCluster> StartAsync(int mostIds) => GrainCluster.StartAsync(
        1,
        Mischief.None,
        factories: new Dictionary<Type, Func<ActivationContext, IActivation>>(Standalone.GrainFactories.All)
        {
            [typeof(IEventIntake)] = context => new EventIntake(context) { MostIds = mostIds },
        });

    private static Task<EventsAccepted> SendManyAsync(EventJourney journey, int count) =>
        journey.SendOnceAsync(journey.Batch([.. Enumerable.Range(0, count).Select(_ => new Event($"{Guid.NewGuid()}", "ada", 1))]));

    private static Task SetStatusAsync(EventJourney journey, string board, LeaderboardStatus status) => journey.UntilOkAsync(() => journey.OnBoardAsync(
        board, static (grain, ask) => grain.UpdateAsync(ask), new UpdateLeaderboard(null, null, status, Guid.NewGuid())));

    private static Event Next(Random random, Dictionary<string, Event> sent) =>
        sent.Count > 0 && random.Next(6) == 0
            ? sent.Values.ElementAt(random.Next(sent.Count))
            : new($"e{random.Next()}", $"player {random.Next(8)}", random.Next(1, 100), random.Next(5) == 0 ? "login" : "kill", random.Next(2) == 0 ? "ranked" : "casual");

    private static IEnumerable<string> Order(ILookup<string, Event> byActor, Func<IEnumerable<Event>, double> score) =>
        byActor.Select(all => FormattableString.Invariant($"{all.Key}={score(all)}")).Order();
}
