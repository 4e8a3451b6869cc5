namespace Laurel.ApiFrontend.Tests.Phoenix;

[Collection<PhoenixTests>]
public sealed class SeasonTests(PhoenixServer server)
{
    private const string Manual = """{"timeframe":{"type":"manual"}}""";

    [Fact]
    public async Task A_manual_board_takes_scores_while_a_season_is_open()
    {
        var board = await server.MakeBoardAsync(Manual);
        Assert.Equal(["no-active-season"], (await server.Admin.SubmitAsync(board, ("ada", 1))).Each("results", "status"));

        var opened = (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"cup-1"}""")).Is(201);
        Assert.Equal(("cup-1", "open"), (opened.Text("season_id"), opened.Text("state")));
        Assert.Equal("null", opened.Raw("ends_at"));
        Assert.Equal(["applied"], (await server.Admin.SubmitAsync(board, ("ada", 1))).Each("results", "status"));

        Assert.Equal("ended", (await server.Admin.PostAsync($"{board.Path}/seasons/cup-1/close", "")).Is(200).Text("state"));
        Assert.Equal(["no-active-season"], (await server.Admin.SubmitAsync(board, ("bob", 2))).Each("results", "status"));
        Assert.Equal(["ada"], (await server.Admin.GetAsync(board.Query)).Is(200).Each("entries", "user_id"));
    }

    [Fact]
    public async Task Seasons_are_listed_newest_first()
    {
        var board = await server.MakeBoardAsync(Manual);
        foreach (var season in new[] { "one", "two", "three" })
        {
            (await server.Admin.PostAsync($"{board.Path}/seasons", $$"""{"season_id":"{{season}}"}""")).Is(201);
            (await server.Admin.PostAsync($"{board.Path}/seasons/{season}/close", "")).Is(200);
        }

        var all = (await server.Admin.GetAsync($"{board.Path}/seasons")).Is(200);

        Assert.Equal("3", all.Raw("total"));
        Assert.Equal(["three", "two", "one"], all.Each("seasons", "season_id"));
        Assert.Equal(["two"], (await server.Admin.GetAsync($"{board.Path}/seasons?limit=1&offset=1")).Each("seasons", "season_id"));
    }

    [Fact]
    public async Task One_season_is_open_at_a_time_and_an_id_is_used_once()
    {
        var board = await server.MakeBoardAsync(Manual);
        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"cup"}""")).Is(201);

        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"another"}""")).IsError(409, "CONFLICT");
        (await server.Admin.PostAsync($"{board.Path}/seasons/cup/close", "")).Is(200);
        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"cup"}""")).IsError(409, "CONFLICT");
    }

    [Theory]
    [InlineData("{}", "season_id is required")]
    [InlineData("""{"season_id":"a b"}""", "season_id can only contain alphanumeric characters, hyphens, and underscores")]
    [InlineData("""{"season_id":"a","starts_at":"tomorrow"}""", "starts_at must be an ISO 8601 timestamp with date, time and zone, such as 2025-08-01T12:00:00Z")]
    [InlineData("""{"season_id":"a","starts_at":"2025-08-02T00:00:00Z","ends_at":"2025-08-01T00:00:00Z"}""", "ends_at must be later than starts_at")]
    [InlineData("""{"season_id":"a","starts_at":"2020-08-01T00:00:00Z","ends_at":"2020-08-02T00:00:00Z"}""", "ends_at must be later than starts_at and than now")]
    [InlineData("""{"season_id":"a","end_at":"2025-08-02T00:00:00Z"}""", "Unknown field 'end_at'; did you mean 'ends_at'?")]
    public async Task Mistakes_are_named(string body, string message)
    {
        var board = await server.MakeBoardAsync(Manual);

        (await server.Admin.PostAsync($"{board.Path}/seasons", body)).IsInvalid(message);

        Assert.Equal("0", (await server.Admin.GetAsync($"{board.Path}/seasons")).Raw("total"));
    }

    [Fact]
    public async Task Boards_with_a_calendar_open_their_own_seasons()
    {
        var board = await server.MakeBoardAsync();

        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"cup"}""")).IsError(400, "VALIDATION_ERROR");
        (await server.Admin.PostAsync($"{board.Path}/seasons/all_time/close", "")).IsError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var board = await server.MakeBoardAsync(Manual);

        (await server.Admin.PostAsync($"{board.Path}/seasons/none/close", "")).IsNotFound();
        (await server.Admin.PostAsync($"{board.Path}/seasons/no%20id/close", "")).IsNotFound();
        (await server.Admin.GetAsync($"{board.Path}x/seasons")).IsNotFound();
        (await server.Admin.PostAsync($"{board.Path}x/seasons", """{"season_id":"a"}""")).IsNotFound();
    }
}
