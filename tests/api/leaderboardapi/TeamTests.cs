using System.Text.RegularExpressions;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.LeaderboardApi;

/// <summary>Teams, their leaderboards and scores: the answers of the dialect's documents.</summary>
[Collection<PhoenixTests>]
public sealed partial class TeamTests(PhoenixServer server)
{
    [Fact]
    public async Task A_team_is_made_read_renamed_and_deleted_with_the_documented_answers()
    {
        var client = await TeamClient.MakeAsync(server);

        var made = (await client.PostAsync("/v1/team", """{"team":{"teamName":"A Team"}}""")).Is(201);
        var id = made.Json.GetProperty("id").GetString()!;
        Assert.Equal($$"""{"teamName":"A Team","id":"{{id}}","createdAt":"T","modifiedAt":"T"}""", Times().Replace(made.Body, "T"));
        Assert.Matches(@"^\d{18,}$", id);
        (await client.GetAsync($"/v1/team/{id}")).Is(200, made.Body);
        (await client.With(null).GetAsync($"/v1/team/{id}")).Is(200, made.Body);
        (await client.GetAsync("/v1/team")).Is(200, $"[{made.Body}]");

        (await client.SendAsync(HttpMethod.Put, $"/v1/team/{id}", """{"team":{"teamName":"B Team"}}""")).Is(200, "");
        Assert.Equal("B Team", (await client.GetAsync($"/v1/team/{id}")).Json.GetProperty("teamName").GetString());
        (await client.SendAsync(HttpMethod.Delete, $"/v1/team/{id}")).Is(201, "");

        (await client.GetAsync($"/v1/team/{id}")).IsError(404);
        (await client.SendAsync(HttpMethod.Delete, $"/v1/team/{id}")).IsError(404);
        (await client.SendAsync(HttpMethod.Put, $"/v1/team/{id}", """{"team":{"teamName":"C Team"}}""")).IsError(404);
        (await client.GetAsync("/v1/team")).Is(200, "[]");
        foreach (var wrong in (string[])["nonsense", "[]", "{}", """{"teamName":""}""", """{"teamName":7}""", """{"team":"A Team"}"""])
            (await client.PostAsync("/v1/team", wrong)).IsError(400);
        (await client.SendAsync(HttpMethod.Put, $"/v1/team/{id}", """{"teamName":"flat"}""")).IsError(400);
    }

    [Fact]
    public async Task A_leaderboard_takes_teams_there_are_and_makes_others_or_nothing()
    {
        var client = await TeamClient.MakeAsync(server);
        var (first, second) = (await client.MakeTeamAsync("First"), await client.MakeTeamAsync("Second"));

        var made = (await client.PostAsync("/v1/leaderboard", $$"""{"name":"leaderboard name","teams":["{{first}}",{"id":"{{second}}"},{"teamName":"Third"}]}""")).Is(201);
        var id = made.Json.GetProperty("id").GetString()!;
        Assert.Equal($$"""{"name":"leaderboard name","id":"{{id}}","createdAt":"T","modifiedAt":"T"}""", Times().Replace(made.Body, "T"));
        var board = (await client.GetAsync($"/v1/leaderboard/{id}")).Is(200);
        Assert.Equal(["name", "id", "createdAt", "modifiedAt", "teams"], board.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["id", "teamName", "score", "rank"], board.Json.GetProperty("teams")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["First", "Second", "Third"], board.Json.GetProperty("teams").EnumerateArray().Select(team => team.GetProperty("teamName").GetString()!).Order(StringComparer.Ordinal));
        (await client.With(null).GetAsync($"/v1/leaderboard/{id}")).Is(200, board.Body);

        (await client.PostAsync("/v1/leaderboard", """{"teams":[{"teamName":"Never"},"999999999999999999999999"]}""")).IsError(400);
        (await client.PostAsync("/v1/leaderboard", "{}")).IsError(400);
        Assert.Equal(3, (await client.GetAsync("/v1/team")).Is(200).Json.GetArrayLength());
        (await client.PostAsync("/v1/leaderboard", """{"teams":[]}""")).Is(201);
    }

    [Fact]
    public async Task A_list_has_all_teams_however_many()
    {
        const int count = 1001;
        var client = await TeamClient.MakeAsync(server);
        List<string> made = [];
        foreach (var some in Enumerable.Range(0, count).Chunk(50))
            made.AddRange(await Task.WhenAll(some.Select(i => client.MakeTeamAsync($"Team {i}"))));

        var listed = (await client.GetAsync("/v1/team")).Is(200).Json.EnumerateArray().Select(team => team.GetProperty("id").GetString()!);

        Assert.Equal(made.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Scores_are_changed_in_order_and_all_or_none()
    {
        var client = await TeamClient.MakeAsync(server);
        var (red, blue) = (await client.MakeTeamAsync("Red"), await client.MakeTeamAsync("Blue"));
        var stranger = await client.MakeTeamAsync("Stranger");
        var board = await client.MakeBoardAsync(red, blue);
        var path = $"/v1/score/leaderboard/{board}";

        (await client.PostAsync(path, $$"""{"scores":[{"teamId":"{{blue}}","add":12.5},{"teamId":"{{red}}","set":40},{"teamId":"{{blue}}","subtract":2}]}""")).Is(
            201,
            $$"""[{"id":"{{blue}}","score":12.5,"teamName":"Blue","leaderboardId":"{{board}}"},{"id":"{{red}}","score":40,"teamName":"Red","leaderboardId":"{{board}}"},{"id":"{{blue}}","score":10.5,"teamName":"Blue","leaderboardId":"{{board}}"}]""");
        Assert.Equal("1 Red 40, 2 Blue 10.5", await client.ShowAsync(board));

        (await client.PostAsync(path, $$"""{"scores":[{"teamId":"{{blue}}","add":1000},{"teamId":"{{stranger}}","add":1}]}""")).IsError(400, "Team Ids provided do not belong to leaderboardId");
        (await client.PostAsync(path, $$"""{"scores":[{"teamId":"{{blue}}","add":1},{"teamId":"{{blue}}","add":1e308},{"teamId":"{{blue}}","add":1e308}]}""")).IsError(400);
        foreach (var wrong in (string[])["{}", """{"scores":[]}""", $$"""{"scores":[{"teamId":"{{blue}}"}]}""", $$"""{"scores":[{"teamId":"{{blue}}","add":1,"set":2}]}""", $$"""{"scores":[{"teamId":"{{blue}}","add":"1"}]}"""])
            (await client.PostAsync(path, wrong)).IsError(400);
        Assert.Equal("1 Red 40, 2 Blue 10.5", await client.ShowAsync(board));
        (await client.PostAsync("/v1/score/leaderboard/999999999999999999999999", $$"""{"scores":[{"teamId":"{{blue}}","add":1}]}""")).IsError(404);
    }

    [Fact]
    public async Task A_renamed_team_is_renamed_on_its_boards_and_a_deleted_one_leaves_them()
    {
        var client = await TeamClient.MakeAsync(server);
        var (red, blue) = (await client.MakeTeamAsync("Red"), await client.MakeTeamAsync("Blue"));
        var board = await client.MakeBoardAsync(red, blue);
        (await client.PostAsync($"/v1/score/leaderboard/{board}", $$"""{"scores":[{"teamId":"{{red}}","add":5},{"teamId":"{{blue}}","add":3}]}""")).Is(201);

        (await client.SendAsync(HttpMethod.Put, $"/v1/team/{red}", """{"team":{"teamName":"Crimson"}}""")).Is(200);
        await Eventually.HoldsAsync(async () => await client.ShowAsync(board) == "1 Crimson 5, 2 Blue 3");
        (await client.SendAsync(HttpMethod.Delete, $"/v1/team/{red}")).Is(201);
        await Eventually.HoldsAsync(async () => await client.ShowAsync(board) == "1 Blue 3");
    }

    [Fact]
    public async Task Another_tenants_teams_and_boards_do_not_exist()
    {
        var client = await TeamClient.MakeAsync(server);
        var other = await TeamClient.MakeAsync(server);
        var team = await client.MakeTeamAsync("Ours");
        var board = await client.MakeBoardAsync(team);

        (await other.GetAsync($"/v1/team/{team}")).IsError(404);
        (await other.SendAsync(HttpMethod.Put, $"/v1/team/{team}", """{"team":{"teamName":"Theirs"}}""")).IsError(404);
        (await other.SendAsync(HttpMethod.Delete, $"/v1/team/{team}")).IsError(404);
        (await other.GetAsync($"/v1/leaderboard/{board}")).IsError(404);
        (await other.PostAsync($"/v1/score/leaderboard/{board}", $$"""{"scores":[{"teamId":"{{team}}","add":1}]}""")).IsError(404);
        (await other.PostAsync("/v1/leaderboard", $$"""{"teams":["{{team}}"]}""")).IsError(400);
        Assert.Equal("1 Ours 0", await client.ShowAsync(board));
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Times();
}
