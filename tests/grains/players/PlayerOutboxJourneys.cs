using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Storage;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Grains.Tests;

public class PlayerOutboxJourneys
{
    private const string Near = "acme/open@1/w1";
    private const string Far = "acme/open@1/w2";

    [Fact]
    public async Task A_season_that_does_not_answer_is_told_later_without_being_asked_for()
    {
        FakeSeasons seasons = new();
        await using var cluster = await StandingAsync(seasons);
        seasons.Unreachable[Far] = true;

        Assert.Equal(OutcomeStatus.Ok, (await cluster.PutAsync("ann", hidden: true)).Status);
        Assert.True(seasons.Find(Near, "ann")!.Hidden);
        Assert.False(seasons.Find(Far, "ann")!.Hidden);

        await cluster.Clock.WhenAwaitedAsync(TimeSpan.FromSeconds(1));
        seasons.Unreachable.Clear();
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.True(seasons.Find(Far, "ann")!.Hidden);
    }

    [Fact]
    public async Task A_sealed_season_is_not_loaded_for_a_new_name_but_for_who_is_hidden_or_erased()
    {
        FakeSeasons seasons = new();
        await using var cluster = await StandingAsync(seasons);
        await SealAsync(cluster, Far);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        seasons.Calls.Clear();

        await cluster.PutAsync("ann", "Ann B.");
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.Equal("Ann B.", seasons.Find(Near, "ann")!.Name);
        Assert.False(seasons.Calls.ContainsKey(Far));

        await cluster.PutAsync("ann", "Ann C.", hidden: true);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.True(seasons.Find(Far, "ann")!.Hidden);

        // Nobody heard of the new name in time: the note of it, which is of a name alone, must not hide the erasure after it.
        seasons.Unreachable[Near] = true;
        await cluster.PutAsync("ann", "Ann D.");
        await cluster.EraseAsync("ann");
        seasons.Unreachable.Clear();
        await cluster.LetTimePassAsync(GrainCluster.UntilAsync(cluster.IsAllToldAsync));
        Assert.Null(seasons.Find(Far, "ann"));
        Assert.Null(seasons.Find(Near, "ann"));
    }

    [Fact]
    public async Task A_new_name_reaches_a_season_that_was_sealed_before_it_was_told()
    {
        FakeSeasons seasons = new();
        await using var cluster = await StandingAsync(seasons);
        seasons.Unreachable[Far] = true;
        await cluster.PutAsync("ann", "Ann B.");
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await SealAsync(cluster, Far);
        seasons.Unreachable.Clear();

        await cluster.LetTimePassAsync(GrainCluster.UntilAsync(cluster.IsAllToldAsync));
        Assert.Equal("Ann B.", seasons.Find(Far, "ann")!.Name);
    }

    [Fact]
    public async Task The_answer_waits_two_seconds_for_a_season_that_says_nothing()
    {
        FakeSeasons seasons = new();
        TaskCompletionSource silence = new();
        Dictionary<Type, Func<ActivationContext, IActivation>> factories = new(seasons.Factories)
        {
            [typeof(ISeason)] = context => new SilentSeason(silence.Task),
        };
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: factories);
        await cluster.ResolveAsync(Near, "ann");

        var put = cluster.PutAsync("ann", "Ann");
        await cluster.Clock.WhenAwaitedAsync(TimeSpan.FromSeconds(2));
        Assert.False(put.IsCompleted);
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(OutcomeStatus.Ok, (await put).Status);
        Assert.False(await cluster.IsAllToldAsync());

        silence.SetResult();
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
    }

    [Fact]
    public async Task What_a_crash_left_untold_is_told_after_the_sweep_of_the_next_start()
    {
        FakeSeasons seasons = new();
        await using var cluster = await StandingAsync(seasons);
        await cluster.StandAsync(Far, "bob", "cat");
        seasons.Unreachable[Far] = true;
        foreach (var userId in new[] { "ann", "bob", "cat" })
            await cluster.PutAsync(userId, $"New {userId}", hidden: true);

        await cluster.CrashAsync();
        seasons.Unreachable.Clear();
        Assert.False(seasons.Find(Far, "ann")!.Hidden);
        var parts = new[] { "ann", "bob", "cat" }.Select(userId => PlayersKey.Of("acme", userId)).Distinct().Count();
        Assert.Equal(parts, await PlayerOutboxSweep.RunAsync(cluster.Store, cluster.Grains));

        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        foreach (var userId in new[] { "ann", "bob", "cat" })
            Assert.Equal((true, $"New {userId}"), (seasons.Find(Far, userId)!.Hidden, seasons.Find(Far, userId)!.Name));
        Assert.Equal(0, await PlayerOutboxSweep.RunAsync(cluster.Store, cluster.Grains));
    }

    [Fact]
    public async Task The_sweep_wakes_every_part_of_every_tenant_that_has_notes_and_no_other()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: new FakeSeasons().Factories);
        string[] parts = ["a/1", "a/10", "a/15", "a-b/1", "a-b/3", "a_b/0", "b/7"];
        foreach (var part in parts)
        {
            foreach (var userId in new[] { "x", "y/z", "ÿ" })
                await cluster.Store.Records.CommitAsync([new($"player-outbox/{part}/{userId}/7", null, [])]);
        }

        Assert.Equal(parts.Length, await PlayerOutboxSweep.RunAsync(cluster.Store, cluster.Grains));
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
    }

    [Fact]
    public async Task The_sweep_runs_at_the_start_and_every_minute_until_the_host_stops()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner), new FakeSeasons().Factories);
        using CancellationTokenSource stopping = new();
        await cluster.Store.Records.CommitAsync([new("player-outbox/a/1/x/1", null, [])]);

        var sweep = PlayerOutboxSweep.KeepAsync(cluster.Store, cluster.Grains, cluster.Clock, NullLoggerFactory.Instance, stopping.Token);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        await cluster.Store.Records.CommitAsync([new("player-outbox/b/2/x/1", null, [])]);
        store.DiskGone = true;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        store.DiskGone = false;
        await GrainCluster.UntilAsync(async () =>
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
            return await cluster.IsAllToldAsync();
        });

        Assert.False(sweep.IsCompleted);
        await stopping.CancelAsync();
        await sweep;
    }

    [Fact]
    public async Task A_store_that_fails_after_the_change_loses_no_delivery()
    {
        FaultyStore store = null!;
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner), seasons.Factories);
        await cluster.PutAsync("ann", "Ann");
        await cluster.StandAsync(Near, "ann");

        // The change is written but not known to be; what follows fails.
        store.Plan = Faults.Script(StoreMethod.CommitRecords, Fault.UnknownWritten, Fault.Failed);
        Assert.Equal(OutcomeStatus.Unavailable, (await cluster.PutAsync("ann", hidden: true)).Status);

        await cluster.Clock.WhenAwaitedAsync(TimeSpan.FromSeconds(1));
        Assert.True(seasons.Find(Near, "ann")!.Hidden);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task In_the_end_every_season_knows_what_the_register_says_whatever_went_wrong(int seed)
    {
        FakeSeasons seasons = new();
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild, inner => store = new FaultyStore(inner), seasons.Factories);
        store.Plan = Faults.Seeded(seed, 0.1, Fault.Failed, Fault.Lost, Fault.UnknownWritten, Fault.UnknownNotWritten);
        string[] users = ["ann", "bob", "cat", "dan", "eve/1"];
        string[] places = ["acme/open@1/w1", "acme/strict@1/w1", "acme/open@2/w1"];

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async lane =>
        {
            Random random = new(HashCode.Combine(seed, lane));
            for (var step = 0; step < 40; step++)
                await StepAsync(cluster, seasons, random, users[random.Next(users.Length)], places[random.Next(places.Length)]);
        }));

        store.Plan = _ => Fault.None;
        seasons.Unreachable.Clear();
        cluster.Mischief = Mischief.None;
        await cluster.CrashAsync();
        // A message still under way may have woken some over the store that the crash closed.
        foreach (var userId in users)
            cluster.Kill<IPlayers>(PlayersKey.Of("acme", userId).ToString());
        await cluster.TellAllAsync();

        foreach (var season in places)
        {
            foreach (var known in seasons.All(season))
            {
                var player = await cluster.FindAsync(known.UserId);
                Assert.Equal((player is not null, player?.Hidden ?? false, player?.Name), (known.Registered, known.Hidden, known.Name));
                Assert.NotEmpty(await cluster.Store.Records.ListAsync($"{RecordKeys.Standing("acme", known.UserId, season)}/", null, 1));
            }
        }
    }

    private static async Task StepAsync(GrainCluster cluster, FakeSeasons seasons, Random random, string userId, string season)
    {
        switch (random.Next(12))
        {
            case 0:
                await cluster.EraseAsync(userId);
                break;
            case 1 or 2 or 3:
                await cluster.PutAsync(userId, random.Next(2) == 0 ? $"Name {random.Next(100)}" : null, random.Next(2) == 0);
                break;
            case 4:
                seasons.Unreachable[season] = true;
                break;
            case 5 or 6:
                seasons.Unreachable.TryRemove(season, out _);
                break;
            case 7:
                cluster.Clock.Advance(TimeSpan.FromSeconds(random.Next(5)));
                break;
            default:
                await cluster.StandAsync(season, userId);
                break;
        }
    }

    private static async Task<GrainCluster> StandingAsync(FakeSeasons seasons)
    {
        var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        await cluster.PutAsync("ann", "Ann");
        await cluster.StandAsync(Near, "ann");
        await cluster.StandAsync(Far, "ann");
        return cluster;
    }

    private static async Task SealAsync(GrainCluster cluster, string season)
    {
        var key = SeasonKey.Parse(season);
        SeasonInfo sealedSeason = new(season, key.Window, null, null, SeasonPhase.Sealed, SealedAt: cluster.Clock.GetUtcNow());
        Assert.Equal(WriteOutcome.Committed, await cluster.Store.Records.CommitAsync([new(RecordKeys.Season(key), null, Wire.Serialize(sealedSeason))]));
    }

    private sealed class SilentSeason(Task silence) : ISeason, IActivation
    {
        public Task LoadAsync() => Task.CompletedTask;

        public Task UnloadAsync() => Task.CompletedTask;

        public async Task<Acknowledgement> ApplyPlayerChangesAsync(PlayerChanges request)
        {
            await silence;
            return Acknowledgement.Ok;
        }

        public Task<ScoreOutcomes> SubmitAsync(ScoreBatch request) => throw new NotSupportedException();

        public Task<EntryPage> ReadPageAsync(ReadPage request) => throw new NotSupportedException();

        public Task<EntryOutcome> ReadEntryAsync(ReadEntry request) => throw new NotSupportedException();

        public Task<EntryOutcome> RemoveEntryAsync(RemoveEntry request) => throw new NotSupportedException();

        public Task<EventsScored> ScoreEventsAsync(EventDelivery request) => throw new NotSupportedException();

        public Task<SeasonSealed> SealAsync(SealSeason request) => throw new NotSupportedException();

        public Task<Acknowledgement> ObeyAsync(SeasonOrders request) => throw new NotSupportedException();

        public Task<AdjustmentsOutcome> AdjustAsync(AdjustScores request) => throw new NotSupportedException();

        public Task<SeasonHead> WatchAsync(WatchSeason request) => throw new NotSupportedException();

        public Task<WindowsOutcome> ReadWindowsAsync(ReadWindows request) => throw new NotSupportedException();
    }
}
