using System.Net.WebSockets;
using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Live;

/// <summary><c>/v1/leaderboards/{t}/{lb}/ws</c></summary>
[Collection<PhoenixTests>]
public sealed class SocketTests(PhoenixServer server)
{
    private const string Last = """{"scoring":{"aggregation":"last"}}""";

    [Fact]
    public async Task A_snapshot_comes_first_and_then_what_changes_with_old_and_new_ranks()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20), ("eve", 10));
        await using var socket = await SocketClient.ConnectAsync(server, board);

        var snapshot = await socket.NextAsync("snapshot");
        Assert.Equal(
            ["type", "leaderboard_id", "tenant_id", "window_key", "sequence", "total", "page", "page_size", "entries"],
            snapshot.EnumerateObject().Select(field => field.Name));
        Assert.Equal("all_time", snapshot.GetProperty("window_key").GetString());
        Assert.Equal(["ada", "bob", "eve"], socket.Top(10));

        await server.Admin.SubmitAsync(board, ("eve", 25));
        var update = await socket.NextAsync("update");
        Assert.True(update.GetProperty("sequence").GetInt64() > snapshot.GetProperty("sequence").GetInt64());
        Assert.Equal(
            """[{"type":"UPDATE","user_id":"eve","name":null,"score":25,"old_score":10,"rank":2,"old_rank":3},{"type":"UPDATE","user_id":"bob","name":null,"score":20,"old_score":20,"rank":3,"old_rank":2}]""",
            update.GetProperty("changes").GetRawText());

        await server.Admin.SubmitAsync(board, ("zoe", 99));
        update = await socket.NextAsync("update");
        Assert.Equal(4, update.GetProperty("total").GetInt32());
        Assert.Equal("""{"type":"INSERT","user_id":"zoe","name":null,"score":99,"old_score":null,"rank":1,"old_rank":null}""", update.GetProperty("changes")[0].GetRawText());

        (await server.Admin.DeleteAsync($"{board.Entries}/zoe")).Is(200);
        update = await socket.NextAsync("update");
        Assert.Equal("""{"type":"DELETE","user_id":"zoe","name":null,"score":null,"old_score":99,"rank":null,"old_rank":1}""", update.GetProperty("changes")[0].GetRawText());
    }

    [Fact]
    public async Task An_entry_that_climbs_into_the_page_brings_its_former_rank_and_pushes_another_out()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("a", 50), ("b", 40), ("c", 30), ("d", 20), ("e", 10));
        await using var socket = await SocketClient.ConnectAsync(server, board);
        await socket.NextAsync("snapshot");
        await socket.SendAsync("""{"type":"configure","page_size":3}""");
        Assert.Equal(3, (await socket.NextAsync("snapshot")).GetProperty("entries").GetArrayLength());

        await server.Admin.SubmitAsync(board, ("e", 45));
        var changes = (await socket.NextAsync("update")).GetProperty("changes");
        var climbed = changes.EnumerateArray().Single(change => change.GetProperty("user_id").GetString() == "e");
        Assert.Equal("""{"type":"UPDATE","user_id":"e","name":null,"score":45,"old_score":10,"rank":2,"old_rank":5}""", climbed.GetRawText());
        var pushed = changes.EnumerateArray().Single(change => change.GetProperty("user_id").GetString() == "c");
        Assert.Equal("""{"type":"UPDATE","user_id":"c","name":null,"score":30,"old_score":30,"rank":4,"old_rank":3}""", pushed.GetRawText());
        Assert.Equal(["a", "e", "b"], socket.Top(3));
    }

    [Fact]
    public async Task A_client_follows_another_page_asks_for_one_and_is_told_what_it_got_wrong()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, [.. Enumerable.Range(1, 9).Select(i => ($"u{i}", 100.0 - i))]);
        await using var socket = await SocketClient.ConnectAsync(server, board);
        await socket.NextAsync("snapshot");

        await socket.SendAsync("""{"type":"configure","page":2,"page_size":4,"filter":{"type":"top_n","n":7}}""");
        var snapshot = await socket.NextAsync("snapshot");
        Assert.Equal((2, 4), (snapshot.GetProperty("page").GetInt32(), snapshot.GetProperty("page_size").GetInt32()));
        Assert.Equal(["u5", "u6", "u7"], socket.Top(10));

        await socket.SendAsync("""{"type":"request_page","page":1,"page_size":2}""");
        var page = await socket.NextAsync("page");
        Assert.Equal(["u1", "u2"], page.GetProperty("entries").EnumerateArray().Select(row => row.GetProperty("user_id").GetString()));

        foreach (var wrong in (string[])["nonsense", "[]", "{}", """{"type":"jump"}""", """{"type":"configure","page":0}""", """{"type":"configure","filter":{"type":"top_n"}}"""])
        {
            await socket.SendAsync(wrong);
            Assert.Equal("VALIDATION_ERROR", (await socket.NextAsync("error")).GetProperty("code").GetString());
        }

        await socket.SendAsync("""{"type":"configure","window_key":"never-was"}""");
        Assert.Equal("NOT_FOUND", (await socket.NextAsync("error")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Whatever_happens_meanwhile_the_rows_shown_last_are_those_of_the_board()
    {
        const int Seed = 41;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, [.. Enumerable.Range(0, 40).Select(i => ($"u{i}", (double)random.Next(1000)))]);
        await using var socket = await SocketClient.ConnectAsync(server, board);
        await socket.NextAsync("snapshot");
        await socket.SendAsync("""{"type":"configure","page_size":10}""");
        await socket.NextAsync("snapshot");

        for (var round = 0; round < 150; round++)
        {
            if (random.Next(5) == 0)
                await server.Admin.DeleteAsync($"{board.Entries}/u{random.Next(60)}");
            else
                await server.Admin.SubmitAsync(board, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => ($"u{random.Next(60)}", (double)random.Next(1000)))]);
        }

        // The last change is one that the page shows, so that there is something to wait for.
        await server.Admin.SubmitAsync(board, ("last", 2000));
        while (!socket.Rows.ContainsKey("last"))
            await socket.NextAsync("update");
        var page = (await server.Admin.GetAsync($"{board.Query}?limit=10")).Is(200);
        Assert.Equal(page.Each("entries", "user_id"), socket.Top(10));
        Assert.Equal(page.Each("entries", "rank"), socket.Top(10).Select(user => $"{socket.Rows[user].Rank}"));
    }

    [Fact]
    public async Task The_end_of_a_season_is_told_and_the_next_one_is_shown()
    {
        var board = await server.MakeBoardAsync("""{"timeframe":{"type":"manual"}}""");
        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"one"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("ada", 5));
        await using var socket = await SocketClient.ConnectAsync(server, board);
        Assert.Equal("one", (await socket.NextAsync("snapshot")).GetProperty("window_key").GetString());

        (await server.Admin.PostAsync($"{board.Path}/seasons/one/close", "{}")).Is(200);
        Assert.Equal("""{"type":"window_closed","window_key":"one","next":null,"final":false}""", (await socket.NextAsync("window_closed")).GetRawText());

        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"two"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("bob", 5));
        JsonElement snapshot;
        do
            snapshot = await socket.NextAsync("snapshot");
        while (socket.Rows.Count == 0);
        Assert.Equal("two", snapshot.GetProperty("window_key").GetString());
        Assert.Equal(["bob"], socket.Top(10));
    }

    [Fact]
    public async Task A_hidden_player_and_then_the_viewer_of_a_hidden_board_are_gone()
    {
        var board = await server.MakeBoardAsync(Last);
        var key = await server.MakeKeyAsync(board.Tenant, $"\"kind\":\"embed\",\"leaderboard_id\":\"{board.Id}\"");
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20));
        await using var socket = await SocketClient.ConnectAsync(server, board, key);
        await using var operators = await SocketClient.ConnectAsync(server, board);
        await socket.NextAsync("snapshot");
        await operators.NextAsync("snapshot");

        (await server.Admin.PutAsync($"/tenants/{board.Tenant}/players/ada", """{"privacy":"hidden"}""")).Is(200);
        Assert.Equal("DELETE", (await socket.NextAsync("update")).GetProperty("changes")[0].GetProperty("type").GetString());
        Assert.Equal(["bob"], socket.Top(10));

        (await server.Admin.PatchAsync(board.Path, """{"status":"inactive"}""")).Is(200);
        Assert.Equal("NOT_FOUND", (await socket.NextAsync("error")).GetProperty("code").GetString());
        Assert.Null(await socket.NextAsync());
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(server, board, key));

        (await server.Admin.PatchAsync(board.Path, """{"status":"archived"}""")).Is(200);
        Assert.Contains("archived", (await operators.NextAsync("error")).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_deleted_board_and_a_revoked_key_end_their_sockets()
    {
        var board = await server.MakeBoardAsync(Last);
        var made = (await server.Admin.PostAsync($"/tenants/{board.Tenant}/keys", $$"""{"kind":"embed","leaderboard_id":"{{board.Id}}"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("ada", 30));
        await using var published = await SocketClient.ConnectAsync(server, board, made.Text("api_key"));
        await using var operators = await SocketClient.ConnectAsync(server, board);
        await published.NextAsync("snapshot");
        await operators.NextAsync("snapshot");

        (await server.Admin.DeleteAsync($"/tenants/{board.Tenant}/keys/{made.Text("key_id")}")).Is(200);
        Assert.Equal("UNAUTHORIZED", (await published.NextAsync("error")).GetProperty("code").GetString());

        (await server.Admin.DeleteAsync(board.Path)).Is(200);
        Assert.Equal("NOT_FOUND", (await operators.NextAsync("error")).GetProperty("code").GetString());
        Assert.Null(await operators.NextAsync());
    }

    [Fact]
    public async Task A_key_may_stand_in_the_query_and_a_wrong_one_is_refused_at_the_handshake()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30));
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(server, board, "none", $"access_token={PhoenixServer.AdminKey}"));

        using var plain = new ClientWebSocket();
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = $"{board.Query}/ws", Query = $"access_token={PhoenixServer.AdminKey}" };
        await plain.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, plain.State);

        (await server.Admin.GetAsync($"{board.Query}/ws")).IsError(400, "VALIDATION_ERROR");
        (await server.With(null).GetAsync($"{board.Query}/ws")).IsError(401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task A_tenants_signature_opens_a_socket_and_another_ones_does_not()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30));
        var secret = await MakeSecretAsync(board);

        async Task<WebSocketState> OpenAsync(string key)
        {
            using var socket = new ClientWebSocket();
            var address = new UriBuilder(server.Address) { Scheme = "ws", Path = $"{board.Query}/ws", Query = Sign(board, key) };
            await socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
            var buffer = new byte[64 * 1024];
            await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            return socket.State;
        }

        Assert.Equal(WebSocketState.Open, await OpenAsync(secret));
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync("another secret"));
    }

    [Fact]
    public async Task A_rotated_secret_ends_the_sockets_of_the_old_one_and_no_others()
    {
        var board = await server.MakeBoardAsync(Last);
        await using var former = await SocketClient.ConnectAsync(server, board, query: Sign(board, await MakeSecretAsync(board)));
        await former.NextAsync("snapshot");
        await using var present = await SocketClient.ConnectAsync(server, board, query: Sign(board, await MakeSecretAsync(board)));
        await present.NextAsync("snapshot");

        while (await former.NextAsync() is not null)
        {
        }

        await server.Admin.SubmitAsync(board, ("ada", 30));
        while (!present.Rows.ContainsKey("ada"))
            Assert.NotNull(await present.NextAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_seal_of_a_season_is_told_after_its_end_also_when_nobody_scored_in_it(bool isUsed)
    {
        var board = await server.MakeBoardAsync("""{"timeframe":{"type":"manual","grace_seconds":1}}""");
        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"one"}""")).Is(201);
        if (isUsed)
            await server.Admin.SubmitAsync(board, ("ada", 5));
        await using var socket = await SocketClient.ConnectAsync(server, board);
        await socket.NextAsync("snapshot");

        (await server.Admin.PostAsync($"{board.Path}/seasons/one/close", "{}")).Is(200);

        Assert.False((await socket.NextAsync("window_closed")).GetProperty("final").GetBoolean());
        Assert.Equal("""{"type":"window_closed","window_key":"one","next":null,"final":true}""", (await socket.NextAsync("window_closed")).GetRawText());
    }

    private static string Sign(Board board, string secret)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = System.Security.Cryptography.HMACSHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(secret), System.Text.Encoding.UTF8.GetBytes($"WS\n{board.Query}/ws\n{timestamp}"));
        return $"timestamp={timestamp}&signature={Convert.ToHexStringLower(signature)}";
    }

    private async Task<string> MakeSecretAsync(Board board) => (await server.Admin.PostAsync($"/tenants/{board.Tenant}/secret", "{}")).Is(200).Text("secret");
}
