using System.Globalization;

namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class QueryTests(PhoenixServer server)
{
    private const string Max = """{"scoring":{"aggregation":"max"}}""";

    [Fact]
    public async Task A_page_has_the_documented_shape()
    {
        var board = await server.MakeBoardAsync(Max);
        (await server.Admin.PostAsync(board.Entries, """{"entries":[{"user_id":"ada","score":2,"name":"Ada","metadata":{"x":1}},{"user_id":"bob","score":1}]}""")).Is(200);

        var page = (await server.Admin.GetAsync(board.Query)).Is(200);

        Assert.Equal(
            ["leaderboard_id", "tenant_id", "window_key", "window_start", "window_end", "total", "entries", "limit", "offset"],
            page.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("board", board.Tenant, "all_time"), (page.Text("leaderboard_id"), page.Text("tenant_id"), page.Text("window_key")));
        Assert.Equal(("null", "2", "100", "0"), (page.Raw("window_end"), page.Raw("total"), page.Raw("limit"), page.Raw("offset")));
        var entries = page.Json.GetProperty("entries");
        Assert.Equal(["rank", "user_id", "name", "score", "updated_at", "metadata"], entries[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("""{"x":1}""", entries[0].GetProperty("metadata").GetRawText());
        Assert.Equal("null", entries[1].GetProperty("name").GetRawText());
        Assert.Equal("null", entries[1].GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repeat()
    {
        const int Seed = 20251118;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var board = await server.MakeBoardAsync(Max);
        var scores = Enumerable.Range(0, 250).Select(i => (User: $"u{i}", Score: (double)random.Next(100_000) / 8)).DistinctBy(entry => entry.Score).ToArray();
        await server.Admin.SubmitAsync(board, scores);
        var expected = scores.OrderByDescending(entry => entry.Score).Select(entry => entry.User).ToArray();

        List<string> users = [];
        List<string> ranks = [];
        for (var offset = 0; offset < scores.Length + 40; offset += 40)
        {
            var page = (await server.Admin.GetAsync($"{board.Query}?limit=40&offset={offset}")).Is(200);
            Assert.Equal(scores.Length.ToString(CultureInfo.InvariantCulture), page.Raw("total"));
            users.AddRange(page.Each("entries", "user_id"));
            ranks.AddRange(page.Each("entries", "rank"));
        }

        Assert.Equal(expected, users);
        Assert.Equal(Enumerable.Range(1, expected.Length).Select(rank => rank.ToString(CultureInfo.InvariantCulture)), ranks);
    }

    [Fact]
    public async Task A_player_is_shown_among_neighbours()
    {
        var board = await server.MakeBoardAsync(Max);
        await server.Admin.SubmitAsync(board, [.. Enumerable.Range(1, 30).Select(i => ($"u{i}", 100.0 - i))]);

        var usual = (await server.Admin.GetAsync($"{board.Query}/user/u15")).Is(200);
        Assert.Equal("15", usual.Raw("user", "rank"));
        Assert.Equal(Enumerable.Range(10, 11).Select(i => $"u{i}"), usual.Each("entries", "user_id"));

        Assert.Equal(["u14", "u15", "u16"], (await server.Admin.GetAsync($"{board.Query}/user/u15?around=1")).Each("entries", "user_id"));
        Assert.Equal(["u15"], (await server.Admin.GetAsync($"{board.Query}/user/u15?around=0")).Each("entries", "user_id"));
        Assert.Equal(["u1", "u2", "u3"], (await server.Admin.GetAsync($"{board.Query}/user/u1?around=2")).Each("entries", "user_id"));
        Assert.Equal(["u28", "u29", "u30"], (await server.Admin.GetAsync($"{board.Query}/user/u30?around=2")).Each("entries", "user_id"));
        (await server.Admin.GetAsync($"{board.Query}/user/u31")).IsNotFound();
    }

    [Fact]
    public async Task Ties_share_the_best_rank_when_asked_to()
    {
        var board = await server.MakeBoardAsync(Max);
        foreach (var (user, score) in new[] { ("a", 9.0), ("b", 7), ("c", 7), ("d", 5) })
            await server.Admin.SubmitAsync(board, (user, score));

        Assert.Equal(["1", "2", "3", "4"], (await server.Admin.GetAsync(board.Query)).Each("entries", "rank"));
        Assert.Equal(["1", "2", "3", "4"], (await server.Admin.GetAsync($"{board.Query}?ranks=ordinal")).Each("entries", "rank"));
        Assert.Equal(["1", "2", "2", "4"], (await server.Admin.GetAsync($"{board.Query}?ranks=standard")).Each("entries", "rank"));
        Assert.Equal(["2", "4"], (await server.Admin.GetAsync($"{board.Query}?ranks=standard&offset=2")).Each("entries", "rank"));
        Assert.Equal("2", (await server.Admin.GetAsync($"{board.Query}/rank/c?ranks=standard")).Raw("rank"));
        Assert.Equal("3", (await server.Admin.GetAsync($"{board.Query}/rank/c")).Raw("rank"));
        Assert.Equal(["2", "2", "4"], (await server.Admin.GetAsync($"{board.Query}/user/c?ranks=standard&around=1")).Each("entries", "rank"));
    }

    [Theory]
    [InlineData("", "limit=0", "limit must be a whole number from 1 to 1000")]
    [InlineData("", "limit=1001", "limit must be a whole number from 1 to 1000")]
    [InlineData("", "offset=-1", "offset must be a whole number of at least 0")]
    [InlineData("", "ranks=dense", "ranks must be one of ordinal, standard")]
    [InlineData("", "window_key=20/25", "window_key must be the key of a window, such as 2025-W47, or current")]
    [InlineData("/user/ada", "around=101", "around must be a whole number from 0 to 100")]
    [InlineData("/user/ada", "around=-1", "around must be a whole number from 0 to 100")]
    [InlineData("/rank/ada", "ranks=", "ranks must be one of ordinal, standard")]
    public async Task Parameters_with_bad_values_are_named(string path, string query, string message)
    {
        var board = await server.MakeBoardAsync(Max);

        (await server.Admin.GetAsync($"{board.Query}{path}?{query}")).IsInvalid(message);
    }

    [Fact]
    public async Task A_page_of_nothing_is_no_error()
    {
        var board = await server.MakeBoardAsync(Max);

        Assert.Equal("[]", (await server.Admin.GetAsync(board.Query)).Is(200).Raw("entries"));
        await server.Admin.SubmitAsync(board, ("ada", 1));
        Assert.Equal("[]", (await server.Admin.GetAsync($"{board.Query}?offset=2147483647&limit=1000")).Is(200).Raw("entries"));
        (await server.Admin.GetAsync($"{board.Query}?window_key=2025-W47")).IsNotFound();
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("board")]
    public async Task Keys_of_players_see_their_board_while_it_is_active(string kind)
    {
        var board = await server.MakeBoardAsync(Max);
        (await server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", """{"leaderboard_id":"other"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("ada", 1));
        var key = server.With(await server.MakeKeyAsync(board.Tenant, $$""" "kind":"{{kind}}","leaderboard_id":"board" """));

        foreach (var route in new[] { "", "/user/ada", "/rank/ada", "/score/ada" })
        {
            (await key.GetAsync(board.Query + route)).Is(200);
            (await key.GetAsync($"/v1/leaderboards/{board.Tenant}/other{route}")).IsError(403, "FORBIDDEN");
        }

        (await server.Admin.PatchAsync(board.Path, """{"status":"inactive"}""")).Is(200);
        await Eventually.HoldsAsync(async () => (await key.GetAsync(board.Query)).Status == 404);
        (await key.GetAsync($"{board.Query}/rank/ada")).IsNotFound();
        (await server.Admin.GetAsync(board.Query)).Is(200);
    }

    [Fact]
    public async Task Of_an_archived_board_only_snapshots_are_read()
    {
        var board = await server.MakeBoardAsync(Max);
        await server.Admin.SubmitAsync(board, ("ada", 1));
        (await server.Admin.PatchAsync(board.Path, """{"status":"archived"}""")).Is(200);

        var answer = (await server.Admin.GetAsync(board.Query)).IsNotFound();

        Assert.Contains($"/v1/snapshots/{board.Tenant}/board", answer.Body, StringComparison.Ordinal);
        (await server.Admin.GetAsync(board.Path)).Is(200);
    }
}
