using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;

namespace Laurel.Grains.Tests;

public class PlayersJourneys
{
    private const string Open = "acme/open@1/w1";
    private const string Strict = "acme/strict@1/w1";

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_registered_player_is_found_and_changed_field_by_field(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild);
        var at = cluster.Clock.GetUtcNow();

        await cluster.PutAsync("ann", "Ann", country: "DE");
        Assert.Equal(new PlayerRecord("ann", "Ann", false, "DE", at, at), await cluster.FindAsync("ann"));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.PutAsync("ann", hidden: true);
        await cluster.CrashAsync();
        Assert.Equal(new PlayerRecord("ann", "Ann", true, "DE", at, at.AddMinutes(1)), await cluster.FindAsync("ann"));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.PutAsync("ann", "", hidden: false, country: "");
        Assert.Equal(new PlayerRecord("ann", null, false, null, at, at.AddMinutes(2)), await cluster.FindAsync("ann"));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var unchanged = await cluster.PutAsync("ann", hidden: false);
        Assert.Equal(at.AddMinutes(2), unchanged.Players!.Single().UpdatedAt);
    }

    [Theory]
    [InlineData("Zoë ✨", "Straße", "CH")]
    [InlineData("a/b%2F", "", null)]
    [InlineData("日本語", null, "JP")]
    public async Task Ids_and_names_of_any_script_come_back_as_they_were(string userId, string? name, string? country)
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);

        await cluster.PutAsync(userId, name, country: country);

        var found = await cluster.FindAsync(userId);
        Assert.Equal((userId, string.IsNullOrEmpty(name) ? null : name, country), (found!.UserId, found.Name, found.Country));
    }

    [Fact]
    public async Task A_put_of_many_answers_in_order_and_later_ones_of_the_same_player_win()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);
        var ids = SamePart(3);

        var put = await cluster.PutAsync([new(ids[2], "C", null, null), new(ids[0], "A", null, null), new(ids[2], null, true, null), new(ids[1], null, null, null)]);

        Assert.Equal([ids[2], ids[0], ids[2], ids[1]], put.Players!.Select(player => player.UserId));
        Assert.Equal(("C", true), ((await cluster.FindAsync(ids[2]))!.Name, (await cluster.FindAsync(ids[2]))!.Hidden));
    }

    [Fact]
    public async Task One_wrong_player_refuses_the_whole_put()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);
        var ids = SamePart(1);
        var foreign = Enumerable.Range(0, 100).Select(i => $"x{i}").First(id => PlayersKey.Of("acme", id) != PlayersKey.Of("acme", ids[0]));

        foreach (var wrong in new[] { foreign, "", "bell\a" })
            Assert.Equal(OutcomeStatus.Invalid, (await cluster.PutAsync([new(ids[0], "A", null, null), new(wrong, "B", null, null)])).Status);
        Assert.Equal(OutcomeStatus.Invalid, (await cluster.PutAsync([.. Enumerable.Repeat(new PlayerPut(ids[0], "A", null, null), 1001)])).Status);

        Assert.Null(await cluster.FindAsync(ids[0]));
    }

    [Theory]
    [InlineData(Fault.Failed)]
    [InlineData(Fault.UnknownNotWritten)]
    [InlineData(Fault.UnknownWritten)]
    public async Task A_put_whose_commit_had_no_good_end_is_Unavailable_whole_and_can_be_repeated(Fault fault)
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        var puts = SamePart(50).Select(id => new PlayerPut(id, "N", null, null)).ToArray();
        store.Plan = Faults.Script(StoreMethod.CommitRecords, fault);

        Assert.Equal(OutcomeStatus.Unavailable, (await cluster.PutAsync(puts)).Status);
        foreach (var put in puts)
            Assert.Equal(fault == Fault.UnknownWritten, await cluster.FindAsync(put.UserId) is not null);
        Assert.Equal(OutcomeStatus.Ok, (await cluster.PutAsync(puts)).Status);
        foreach (var put in puts)
            Assert.NotNull(await cluster.FindAsync(put.UserId));
    }

    [Fact]
    public async Task A_lost_race_is_run_again()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        store.Plan = Faults.Script(StoreMethod.CommitRecords, Fault.Lost, Fault.Lost, Fault.Lost);

        Assert.Equal(OutcomeStatus.Ok, (await cluster.PutAsync("ann", "Ann")).Status);
        Assert.Equal("Ann", (await cluster.FindAsync("ann"))!.Name);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Only_registered_players_get_to_stand_in_a_strict_season(int seed)
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(seed, factories: seasons.Factories);

        await cluster.StandAsync(Strict, "ann");
        Assert.Null(seasons.Find(Strict, "ann"));
        Assert.Empty(await cluster.Store.Records.ListAsync(RecordKeys.StandingsOf("acme", "ann"), null, 10));

        await cluster.PutAsync("ann", "Ann");
        await cluster.StandAsync(Strict, "ann");
        Assert.Equal("Ann", seasons.Find(Strict, "ann")!.Name);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Who_hides_is_hidden_everywhere_when_the_answer_comes(int seed)
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Usual with { Kill = 0 }, factories: seasons.Factories);
        string[] places = [Open, Strict, "acme/open@1/w2", "acme/open2@3/w1"];
        await cluster.PutAsync("ann", "Ann");
        foreach (var season in places)
            await cluster.StandAsync(season, "ann");

        Assert.Equal(OutcomeStatus.Ok, (await cluster.PutAsync("ann", hidden: true)).Status);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.All(places, season => Assert.True(seasons.Find(season, "ann")!.Hidden));

        await cluster.PutAsync("ann", "Anna", hidden: false);
        await GrainCluster.UntilAsync(cluster.IsAllToldAsync);
        Assert.All(places, season => Assert.Equal((false, "Anna"), (seasons.Find(season, "ann")!.Hidden, seasons.Find(season, "ann")!.Name)));
    }

    [Fact]
    public async Task All_is_told_before_the_answer_when_nothing_is_wrong()
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        await cluster.StandAsync(Open, "ann");

        await cluster.PutAsync("ann", "Ann", hidden: true);
        Assert.True(seasons.Find(Open, "ann")!.Hidden);
        Assert.True(await cluster.IsAllToldAsync());

        await cluster.EraseAsync("ann");
        Assert.Null(seasons.Find(Open, "ann"));
        Assert.True(await cluster.IsAllToldAsync());
        Assert.Empty(await cluster.Store.Records.ListAsync(RecordKeys.StandingsOf("acme", "ann"), null, 10));
    }

    [Fact]
    public async Task A_change_of_country_concerns_no_season()
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        await cluster.PutAsync("ann", "Ann");
        await cluster.StandAsync(Open, "ann");

        await cluster.PutAsync("ann", country: "DE");

        Assert.Empty(seasons.Calls);
    }

    [Fact]
    public async Task A_season_that_asked_before_a_change_and_takes_over_after_it_hears_of_it()
    {
        FakeSeasons seasons = new();
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: seasons.Factories);
        await cluster.PutAsync("ann", "Ann");
        TaskCompletionSource asked = new();
        TaskCompletionSource goOn = new();
        seasons.BeforeTakingOver = () =>
        {
            asked.TrySetResult();
            return goOn.Task;
        };

        var standing = cluster.StandAsync(Open, "ann");
        await asked.Task;
        await cluster.PutAsync("ann", hidden: true);
        goOn.SetResult();
        await standing;

        Assert.True(seasons.Find(Open, "ann")!.Hidden);
    }

    /// <summary>As many ids that one part of the register keeps.</summary>
    internal static string[] SamePart(int count) =>
        [.. Enumerable.Range(0, int.MaxValue).Select(i => $"user-{i}").Where(id => PlayersKey.Of("acme", id).Partition == 3).Take(count)];
}
