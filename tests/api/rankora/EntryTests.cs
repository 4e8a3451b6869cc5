using System.Text.RegularExpressions;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>Leaderboard and entries: the answers of the dialect's documents, field by field.</summary>
[Collection<PhoenixTests>]
public sealed partial class EntryTests(PhoenixServer server)
{
    private const string Stranger = "929f5200-0d3a-436c-b54b-eb281bf6b41a";

    [Fact]
    public async Task The_leaderboard_says_what_it_is()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 9500);

        var board = (await game.GetAsync("/api/v1/leaderboard")).Is(200);

        Assert.Equal("""{"id":"board","name":"Rankora Leaderboard 1","sort_order":"desc","total_entries":1}""", board.Body);
    }

    [Fact]
    public async Task A_list_has_the_documented_shape_and_marks_the_current_player()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 9500);
        (await game.PostAsync("""{"name":"PlayerTwo","score":8750,"metadata":{ "other" : "value" }}""")).Is(200);
        var third = await game.SubmitAsync("PlayerThree", 4750);

        var list = (await game.ListAsync($"?player_id={third}")).Is(200);

        Assert.Equal(
            """{"success":true,"entries":[{"name":"PlayerOne","score":9500,"metadata":null,"rank":1,"updated_at":"T"},{"name":"PlayerTwo","score":8750,"metadata":{"other":"value"},"rank":2,"updated_at":"T"},{"name":"PlayerThree","score":4750,"metadata":null,"is_current_player":true,"rank":3,"updated_at":"T"}],"pagination":{"limit":5,"offset":0,"total":3}}""",
            Times().Replace(list.Body, "T"));
        Assert.DoesNotContain(third, list.Body, StringComparison.Ordinal);
        foreach (var marksNobody in (string[])["", "not-a-uuid", Stranger])
            Assert.DoesNotContain("is_current_player", (await game.ListAsync($"?player_id={marksNobody}")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_made_with_an_id_and_changed_by_it()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("Leader", 100);
        var made = (await game.PostAsync("""{"name":"Dummy Test 3","score":12.020123,"metadata":{"other":"value"},"player_id":""}""")).Is(200);
        var player = made.Json.GetProperty("player_id").GetString()!;
        Assert.Equal($$"""{"success":true,"player_id":"{{player}}","rank":2}""", made.Body);
        Assert.True(Guid.TryParseExact(player, "D", out _));

        var entry = (await game.EntryAsync(player.ToUpperInvariant())).Is(200);
        Assert.Equal(
            $$$"""{"leaderboard_id":"board","name":"Dummy Test 3","score":12.020123,"player_id":"{{{player}}}","metadata":{"other":"value"},"rank":2,"created_at":"T","updated_at":"T"}""",
            Times().Replace(entry.Body, "T"));

        // Another score in the same name replaces it, a lower one too; empty metadata leaves what is there.
        (await game.PostAsync($$"""{"name":"Renamed","score":11,"metadata":{},"player_id":"{{player}}"}""")).Is(200);
        entry = (await game.EntryAsync(player)).Is(200);
        Assert.Equal(("Renamed", "11", """{"other":"value"}"""), (entry.Json.GetProperty("name").GetString(), entry.Json.GetProperty("score").GetRawText(), entry.Json.GetProperty("metadata").GetRawText()));

        var chosen = (await game.PostAsync($$"""{"name":"Chosen","score":500,"player_id":"{{Stranger}}"}""")).Is(200);
        Assert.Equal($$"""{"success":true,"player_id":"{{Stranger}}","rank":1}""", chosen.Body);
    }

    [Fact]
    public async Task A_removed_entry_is_gone_and_an_unknown_one_is_not_found()
    {
        var game = await RankoraClient.MakeAsync(server);
        var player = await game.SubmitAsync("PlayerOne", 9500);

        Assert.Equal("""{"success":true}""", (await game.RemoveAsync(player)).Is(200).Body);
        foreach (var missing in (string[])[player, Stranger, "not-a-uuid"])
        {
            (await game.EntryAsync(missing)).IsError(404);
            (await game.RemoveAsync(missing)).IsError(404);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"score":1}""")]
    [InlineData("""{"name":"ab","score":1}""")]
    [InlineData("""{"name":"   ","score":1}""")]
    [InlineData("""{"name":"<b>bold</b>","score":1}""")]
    [InlineData("""{"name":"fifty-one-characters-are-one-more-than-there-may-be-x","score":1}""")]
    [InlineData("""{"name":"fine","score":"1"}""")]
    [InlineData("""{"name":"fine","score":1e400}""")]
    [InlineData("""{"name":"fine"}""")]
    [InlineData("""{"name":"fine","score":1,"player_id":"me"}""")]
    [InlineData("""{"name":"fine","score":1,"player_id":7}""")]
    [InlineData("""{"name":"fine","score":1,"metadata":[]}""")]
    [InlineData("""{"name":"fine","score":1,"metadata":{"a":{}}}""")]
    [InlineData("""{"name":"fine","score":1,"metadata":{"this-key-has-thirty-three-letters":1}}""")]
    [InlineData("""{"name":"fine","score":1,"metadata":{"a":"a value of more than sixty-four characters, which is more than may be"}}""")]
    [InlineData("""{"name":"fine","score":1,"metadata":{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"10":1,"11":1}}""")]
    public async Task A_body_that_breaks_a_rule_is_refused(string body)
    {
        var game = await RankoraClient.MakeAsync(server);

        (await game.PostAsync(body)).IsError(400);

        Assert.Equal(0, (await game.GetAsync("/api/v1/leaderboard")).Json.GetProperty("total_entries").GetInt32());
    }

    [Theory]
    [InlineData("Zoë 東京_1-a")]
    [InlineData("हिन्दी")]
    public async Task Names_are_written_in_any_script(string name)
    {
        var game = await RankoraClient.MakeAsync(server);

        await game.SubmitAsync(name, 1);

        Assert.Equal(name, (await game.ListAsync()).Json.GetProperty("entries")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pages_are_clamped_and_either_end_can_be_listed()
    {
        var game = await RankoraClient.MakeAsync(server, fields: "\"config\":{\"scoring\":{\"aggregation\":\"last\"},\"ranking\":{\"method\":\"score_asc\"}}");
        for (var i = 1; i <= 7; i++)
            await game.SubmitAsync($"player {i}", i);

        Assert.Equal("asc", (await game.GetAsync("/api/v1/leaderboard")).Json.GetProperty("sort_order").GetString());
        Assert.Equal("1 player 1, 2 player 2, 3 player 3, 4 player 4, 5 player 5", await ShowAsync(game, ""));
        Assert.Equal("6 player 6, 7 player 7", await ShowAsync(game, "?limit=&offset=5&order="));
        Assert.Equal("1 player 7, 2 player 6", await ShowAsync(game, "?order=desc&limit=2"));
        Assert.Equal("7 player 1", await ShowAsync(game, "?order=desc&limit=5&offset=6"));
        Assert.Equal("2 player 2", await ShowAsync(game, "?order=asc&limit=0&offset=1"));
        Assert.Equal(50, (await game.ListAsync("?limit=99999999999999999999")).Is(200).Json.GetProperty("pagination").GetProperty("limit").GetInt32());
        foreach (var wrong in (string[])["?limit=many", "?limit=NaN", "?limit=Infinity", "?offset=-Infinity", "?offset=1.5", "?order=best"])
            (await game.ListAsync(wrong)).IsError(400);
    }

    private static async Task<string> ShowAsync(RankoraClient game, string query) => string.Join(
        ", ",
        (await game.ListAsync(query)).Is(200).Json.GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("rank").GetInt32()} {entry.GetProperty("name").GetString()}"));

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")]
    private static partial Regex Times();
}
