using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Storage;

namespace Laurel.Grains.Tests;

/// <summary>Changes and questions at the same time, in the one order that could lose something.</summary>
public class PlayerRaceJourneys
{
    private const string Open = "acme/open@1/w1";

    private readonly FakeSeasons _seasons = new();
    private PausingStore _store = null!;

    [Fact]
    public async Task A_change_made_and_told_between_a_questions_reading_and_its_writing_is_in_the_answer()
    {
        await using var cluster = await StartAsync();
        await cluster.PutAsync("ann", "Ann");
        var writing = _store.PauseAsync(IsStanding);

        var answer = cluster.ResolveAsync(Open, "ann", strict: true);
        await writing;
        await cluster.PutAsync("ann", hidden: true);
        _store.Release();

        Assert.True((await answer).Hidden);
    }

    [Fact]
    public async Task A_registration_between_a_questions_reading_and_its_writing_is_in_the_answer()
    {
        await using var cluster = await StartAsync();
        var writing = _store.PauseAsync(IsStanding);

        var answer = cluster.ResolveAsync(Open, "ann");
        await writing;
        await cluster.PutAsync("ann", "Ann", hidden: true);
        _store.Release();

        Assert.Equal((true, true, "Ann"), await answer is var facts ? (facts.Registered, facts.Hidden, facts.Name) : default);
    }

    [Fact]
    public async Task A_registration_that_a_question_overtook_is_told()
    {
        await using var cluster = await StartAsync();
        var writing = _store.PauseAsync(write => write.Key.StartsWith("player/", StringComparison.Ordinal));

        var put = cluster.PutAsync("ann", "Ann", hidden: true);
        await writing;
        await cluster.StandAsync(Open, "ann");
        Assert.False(_seasons.Find(Open, "ann")!.Hidden);
        _store.Release();

        Assert.Equal(OutcomeStatus.Ok, (await put).Status);
        Assert.True(_seasons.Find(Open, "ann")!.Hidden);
    }

    [Fact]
    public async Task Nobody_erased_between_a_strict_questions_reading_and_its_writing_is_left_standing()
    {
        await using var cluster = await StartAsync();
        await cluster.PutAsync("ann", "Ann");
        var writing = _store.PauseAsync(IsStanding);

        var answer = cluster.ResolveAsync(Open, "ann", strict: true);
        await writing;
        await cluster.EraseAsync("ann");
        _store.Release();

        Assert.False((await answer).Registered);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.Empty(await cluster.Store.Records.ListAsync(RecordKeys.StandingsOf("acme", "ann"), null, 10));
    }

    [Fact]
    public async Task Who_stands_anew_before_an_erasure_has_forgotten_the_old_standing_is_heard_of_later()
    {
        await using var cluster = await StartAsync();
        await cluster.StandAsync(Open, "ann");
        var forgetting = _store.PauseAsync(IsStanding);

        var erasure = cluster.EraseAsync("ann");
        await forgetting;
        await cluster.StandAsync(Open, "ann");
        _store.Release();
        await erasure;
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);

        Assert.NotNull(_seasons.Find(Open, "ann"));
        await cluster.PutAsync("ann", hidden: true);
        Assert.True(_seasons.Find(Open, "ann")!.Hidden);
    }

    [Fact]
    public async Task An_erasure_delivered_twice_does_not_forget_who_stands_anew_in_between()
    {
        await using var cluster = await StartAsync();
        await cluster.StandAsync(Open, "ann");
        var forgetting = _store.PauseAsync(IsStanding);

        var erasure = cluster.EraseAsync("ann");
        await forgetting;
        cluster.Kill<IPlayers>(PlayersKey.Of("acme", "ann").ToString());
        await PlayerOutboxSweep.RunAsync(cluster.Store, cluster.Grains);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        await cluster.StandAsync(Open, "ann");
        _store.Release();
        await erasure;

        await cluster.PutAsync("ann", hidden: true);
        Assert.True(_seasons.Find(Open, "ann")!.Hidden);
    }

    private Task<GrainCluster> StartAsync() =>
        GrainCluster.StartAsync(0, Mischief.None, inner => _store = new PausingStore(inner), _seasons.Factories);

    private static bool IsStanding(RecordWrite write) => write.Key.StartsWith("standing/", StringComparison.Ordinal);
}
