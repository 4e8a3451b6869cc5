using Laurel.ApiFrontend.Tests.Phoenix;
using Laurel.ApiFrontend.Tests.Rankora;

namespace Laurel.ApiFrontend.Tests.Live;

/// <summary><c>/v1/leaderboards/{t}/{lb}/events</c></summary>
[Collection<PhoenixTests>]
public sealed class BoardStreamTests(PhoenixServer server)
{
    private const string Last = """{"scoring":{"aggregation":"last"}}""";

    [Fact]
    public async Task A_snapshot_comes_first_and_then_what_changes_each_with_its_place()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20), ("eve", 10));
        await using var stream = await OpenAsync(board, "?page=1&page_size=2");

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        var snapshot = await stream.NextAsync("snapshot");
        Assert.Equal(["ada", "bob"], snapshot.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("user_id").GetString()));
        Assert.Equal((1, 2, 3), (snapshot.GetProperty("page").GetInt32(), snapshot.GetProperty("page_size").GetInt32(), snapshot.GetProperty("total").GetInt32()));
        Assert.Equal($"all_time:{snapshot.GetProperty("sequence").GetInt64()}", stream.LastId);

        await server.Admin.SubmitAsync(board, ("eve", 25));
        var update = await stream.NextAsync("update");
        Assert.Equal(
            """[{"type":"UPDATE","user_id":"bob","name":null,"score":20,"old_score":20,"rank":3,"old_rank":2},{"type":"UPDATE","user_id":"eve","name":null,"score":25,"old_score":10,"rank":2,"old_rank":3}]""",
            update.GetProperty("changes").GetRawText());
        Assert.Equal($"all_time:{update.GetProperty("sequence").GetInt64()}", stream.LastId);
    }

    [Fact]
    public async Task A_stream_that_broke_goes_on_from_its_last_event()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20));
        // Somebody keeps watching, so that the place is remembered.
        await using var other = await OpenAsync(board, "?page_size=10");
        await other.NextAsync("snapshot");
        string? place;
        await using (var first = await OpenAsync(board, "?page_size=10"))
        {
            await first.NextAsync("snapshot");
            place = first.LastId;
        }

        await server.Admin.SubmitAsync(board, ("bob", 40));
        await other.NextAsync("update");
        await using var second = await OpenAsync(board, "?page_size=10", place);

        var update = await second.NextAsync("update");
        Assert.Equal(["bob", "ada"], update.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("user_id").GetString()));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("all_time:999999999")]
    [InlineData("2024:1")]
    [InlineData(":")]
    public async Task A_place_that_nobody_knows_begins_anew(string place)
    {
        var board = await server.MakeBoardAsync(Last);
        await using var stream = await OpenAsync(board, "", place);

        Assert.Equal(100, (await stream.NextAsync("snapshot")).GetProperty("page_size").GetInt32());
    }

    [Theory]
    [InlineData("?page=0", 400, "VALIDATION_ERROR")]
    [InlineData("?page_size=1001", 400, "VALIDATION_ERROR")]
    public async Task Wrong_parameters_are_refused(string query, int status, string code)
    {
        var board = await server.MakeBoardAsync(Last);
        (await server.Admin.GetAsync($"{board.Query}/events{query}")).IsError(status, code);
        (await server.Admin.GetAsync($"/v1/leaderboards/{board.Tenant}/none/events")).IsError(404, "NOT_FOUND");
    }

    [Fact]
    public async Task A_revoked_key_ends_the_stream_and_says_so()
    {
        var board = await server.MakeBoardAsync(Last);
        var key = await server.MakeKeyAsync(board.Tenant, """ "kind":"embed","leaderboard_id":"board" """);
        await using var stream = await EventStreamClient.OpenAsync(server, $"{board.Query}/events?access_token={key}", null);
        await stream.NextAsync("snapshot");

        (await server.Admin.DeleteAsync($"/tenants/{board.Tenant}/keys/{key.Split('_')[2]}")).Is(200);

        Assert.Equal("UNAUTHORIZED", (await stream.NextAsync("error")).GetProperty("code").GetString());
        Assert.Null(await stream.NextAsync());
    }

    private Task<EventStreamClient> OpenAsync(Board board, string query, string? place = null) =>
        EventStreamClient.OpenAsync(server, $"{board.Query}/events{query}", PhoenixServer.AdminKey, place);
}
