using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests;

public class PlayerErasureJourneys
{
    private const string Open = "acme/open@1/w1";

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Who_is_erased_is_gone_everywhere_and_may_come_again(int seed)
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(seed, factories: seasons.Factories);
        await cluster.PutAsync("ann", "Ann");
        await cluster.StandAsync(Open, "ann");
        var before = (await cluster.ResolveAsync(Open, "ann")).Version;

        await cluster.EraseAsync("ann");
        await cluster.TellAllAsync();
        Assert.Null(await cluster.FindAsync("ann"));
        Assert.Null(seasons.Find(Open, "ann"));

        await GrainCluster.UntilAsync(async () => (await cluster.PutAsync("ann", "Another Ann")).Status == OutcomeStatus.Ok);
        await cluster.StandAsync(Open, "ann");
        Assert.Equal("Another Ann", seasons.Find(Open, "ann")!.Name);
        Assert.True(seasons.Find(Open, "ann")!.Version > before);
    }

    [Fact]
    public async Task Nobody_knows_is_not_found_and_so_is_who_was_erased()
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        Assert.Equal(OutcomeStatus.NotFound, (await cluster.EraseAsync("ann")).Status);

        await cluster.PutAsync("ann", "Ann");
        var erased = await cluster.EraseAsync("ann");
        Assert.Equal((OutcomeStatus.Ok, "Ann"), (erased.Status, erased.Players!.Single().Name));
        Assert.Equal(OutcomeStatus.NotFound, (await cluster.EraseAsync("ann")).Status);
    }

    [Fact]
    public async Task Somebody_who_only_stands_on_an_open_board_can_be_erased_again_and_again()
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);

        for (var round = 0; round < 3; round++)
        {
            await cluster.StandAsync(Open, "ann");
            Assert.False(seasons.Find(Open, "ann")!.Registered);
            Assert.Equal(OutcomeStatus.Ok, (await cluster.EraseAsync("ann")).Status);
            Assert.Null(seasons.Find(Open, "ann"));
        }

        Assert.Equal(OutcomeStatus.NotFound, (await cluster.EraseAsync("ann")).Status);
    }

    [Fact]
    public async Task An_erasure_that_a_season_has_not_heard_of_keeps_the_player_from_coming_again()
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        await cluster.PutAsync("ann", "Ann");
        await cluster.StandAsync(Open, "ann");
        seasons.Unreachable[Open] = true;

        Assert.Equal(OutcomeStatus.Ok, (await cluster.EraseAsync("ann")).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await cluster.PutAsync("ann", "Another Ann")).Status);
        Assert.Null(await cluster.FindAsync("ann"));

        seasons.Unreachable.Clear();
        Assert.Equal(OutcomeStatus.Ok, (await cluster.PutAsync("ann", "Another Ann")).Status);
        Assert.Null(seasons.Find(Open, "ann"));
        Assert.Equal("Another Ann", (await cluster.FindAsync("ann"))!.Name);
    }

    [Fact]
    public async Task Who_stands_anew_while_an_erasure_is_under_way_goes_on_being_heard_of()
    {
        FakeSeasons seasons = new();
        const string Other = "acme/open@1/w2";
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        await cluster.StandAsync(Open, "ann");
        seasons.Unreachable[Open] = true;
        await cluster.EraseAsync("ann");

        await cluster.StandAsync(Other, "ann");
        seasons.Unreachable.Clear();
        await cluster.TellAllAsync();
        Assert.Null(seasons.Find(Open, "ann"));
        Assert.NotNull(seasons.Find(Other, "ann"));

        await cluster.PutAsync("ann", "Ann", hidden: true);
        Assert.True(seasons.Find(Other, "ann")!.Hidden);
    }
}
