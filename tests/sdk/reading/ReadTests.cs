using Laurel.Client;

namespace Laurel.Sdk.Tests.Reading;

public class ReadTests(SdkServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_shows_the_places_it_was_asked_for()
    {
        var client = await FilledAsync();

        var page = await client.PageAsync(new PageQuery { Limit = 2, Offset = 1 }, Token);

        Assert.Equal(4, page.Total);
        Assert.Equal("all_time", page.WindowKey);
        Assert.Equal([(2, "bob", 20.0), (3, "cid", 20.0)], page.Entries.Select(entry => (entry.Rank, entry.UserId, entry.Score)));
        Assert.False(page.Final);
    }

    [Fact]
    public async Task Ties_share_the_best_rank_when_they_are_asked_to()
    {
        var client = await FilledAsync();

        var page = await client.PageAsync(new PageQuery { SharedRanks = true }, Token);

        Assert.Equal([1, 2, 2, 4], page.Entries.Select(entry => entry.Rank));
        Assert.Equal(2, (await client.RankAsync("cid", new StandingQuery { SharedRanks = true }, Token))!.Rank);
        Assert.Equal(3, (await client.RankAsync("cid", cancellation: Token))!.Rank);
    }

    [Fact]
    public async Task A_player_is_found_with_neighbours_rank_and_score()
    {
        var client = await FilledAsync();

        var around = await client.AroundAsync("bob", 1, cancellation: Token);
        var rank = await client.RankAsync("dan", cancellation: Token);
        var score = await client.ScoreAsync("dan", cancellation: Token);

        Assert.Equal(("bob", 2), (around!.User.UserId, around.User.Rank));
        Assert.Equal(["ada", "bob", "cid"], around.Entries.Select(entry => entry.UserId));
        Assert.Equal((4, 4), (rank!.Rank, rank.Total));
        Assert.Equal(10, score!.Score);
        Assert.InRange(score.UpdatedAt, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task A_player_without_an_entry_is_null()
    {
        var client = await FilledAsync();

        Assert.Null(await client.AroundAsync("eve", cancellation: Token));
        Assert.Null(await client.RankAsync("eve", cancellation: Token));
        Assert.Null(await client.ScoreAsync("eve", cancellation: Token));
    }

    [Theory]
    [InlineData("...")]
    [InlineData("a/b")]
    [InlineData("50% & more?#")]
    [InlineData("Ünïcödé 🏎")]
    [InlineData(" ")]
    public async Task A_player_may_have_any_name(string user)
    {
        var client = await FilledAsync();

        Assert.True((await client.SubmitAsync(new Score(user, 99), Token)).Ok);

        Assert.Equal(1, (await client.RankAsync(user, cancellation: Token))?.Rank);
        Assert.Equal(user, (await client.AroundAsync(user, 0, cancellation: Token))?.User.UserId);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_player_whom_no_path_can_name_is_refused_at_once(string user)
    {
        var client = await FilledAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => client.RankAsync(user, cancellation: Token));
    }

    [Fact]
    public async Task Windows_that_have_ended_are_listed_and_read()
    {
        var board = await server.MakeBoardAsync("\"timeframe\":{\"type\":\"manual\"}");
        var seasons = $"/tenants/{SdkServer.Tenant}/leaderboards/{board}/seasons";
        var client = await server.ClientAsync(board);
        Assert.Equal(ScoreStatus.NoActiveSeason, (await client.SubmitAsync(new Score("ada", 1), Token)).Status);
        await server.AskAsync(HttpMethod.Post, seasons, """{"season_id":"spring"}""");
        await client.SubmitAsync([new Score("ada", 10), new Score("bob", 20)], Token);
        await server.AskAsync(HttpMethod.Post, seasons + "/spring/close");

        var list = await client.SnapshotsAsync(cancellation: Token);
        var page = await client.SnapshotAsync("spring", 1, 1, Token);
        var around = await client.SnapshotAroundAsync("spring", "bob", 1, Token);

        Assert.Equal(("spring", 2), (Assert.Single(list.Snapshots).WindowKey, list.Snapshots[0].Total));
        Assert.Equal(("ada", 2, 10.0), (page.Entries[0].UserId, page.Entries[0].Rank, page.Entries[0].Score));
        Assert.Equal(["bob", "ada"], around!.Entries.Select(entry => entry.UserId));
        Assert.Null(await client.SnapshotAroundAsync("spring", "eve", 1, Token));
        await Assert.ThrowsAsync<LaurelNotFoundException>(() => client.SnapshotAsync("autumn", cancellation: Token));
        Assert.Empty((await client.SnapshotsAsync(new SnapshotQuery { From = DateTimeOffset.UtcNow.AddDays(1) }, Token)).Snapshots);
    }

    [Fact]
    public async Task Reads_are_tried_again_like_everything_else()
    {
        var board = await server.MakeBoardAsync();
        var clock = new HurriedClock();
        var client = new LaurelClient(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, await server.MakeKeyAsync())
        {
            Clock = clock,
            Transport = new ScriptedTransport(number => number < 3 ? new LaurelResponse(503, "", "2") : null),
        });

        Assert.Equal(0, (await client.PageAsync(cancellation: Token)).Total);
        Assert.Equal(TimeSpan.FromSeconds(4), clock.Waits.Aggregate((a, b) => a + b));
    }

    private async Task<LaurelClient> FilledAsync()
    {
        var board = await server.MakeBoardAsync("\"scoring\":{\"aggregation\":\"best\"}");
        var client = await server.ClientAsync(board);
        await client.SubmitAsync([new Score("ada", 30), new Score("bob", 20), new Score("cid", 20), new Score("dan", 10)], Token);
        return client;
    }
}
