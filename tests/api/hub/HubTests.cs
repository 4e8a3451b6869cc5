using System.Net.WebSockets;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Hubs;

/// <summary><c>/hubs/leaderboards</c></summary>
[Collection<PhoenixTests>]
public sealed class HubTests(PhoenixServer server)
{
    private const string Last = """{"scoring":{"aggregation":"last"}}""";

    [Fact]
    public async Task Subscribing_returns_the_top_and_then_changes_come_with_old_and_new_ranks()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20), ("eve", 10));
        await using var hub = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);

        var snapshot = await hub.SubscribeAsync(Subscribe(board, "\"top\":3"));
        Assert.Equal(["window_key", "sequence", "total", "entries"], snapshot.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ["rank", "user_id", "name", "score", "updated_at", "metadata"], snapshot.GetProperty("entries")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["ada", "bob", "eve"], hub.Top(3));

        await server.Admin.SubmitAsync(board, ("eve", 25));
        var told = await hub.NextAsync("RankChanges");
        Assert.Equal("all_time", told.GetProperty("window_key").GetString());
        Assert.True(told.GetProperty("sequence").GetInt64() > snapshot.GetProperty("sequence").GetInt64());
        Assert.Equal(
            """[{"type":"UPDATE","user_id":"eve","name":null,"score":25,"old_score":10,"rank":2,"old_rank":3},{"type":"UPDATE","user_id":"bob","name":null,"score":20,"old_score":20,"rank":3,"old_rank":2}]""",
            told.GetProperty("changes").GetRawText());

        await server.Admin.SubmitAsync(board, ("zoe", 99));
        told = await hub.NextAsync("RankChanges");
        Assert.Equal(4, told.GetProperty("total").GetInt32());
        Assert.Equal("""{"type":"INSERT","user_id":"zoe","name":null,"score":99,"old_score":null,"rank":1,"old_rank":null}""", Of(told, "zoe"));

        (await server.Admin.DeleteAsync($"{board.Entries}/zoe")).Is(200);
        told = await hub.NextAsync("RankChanges");
        Assert.Equal("""{"type":"DELETE","user_id":"zoe","name":null,"score":null,"old_score":99,"rank":null,"old_rank":1}""", Of(told, "zoe"));
        Assert.Equal(["ada", "eve", "bob"], hub.Top(3));
    }

    [Fact]
    public async Task A_player_is_followed_with_neighbours_wherever_the_player_goes()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, [.. Enumerable.Range(1, 9).Select(i => ($"u{i}", 100.0 - i))]);
        await using var hub = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);

        var snapshot = await hub.SubscribeAsync(Subscribe(board, "\"around\":\"u5\",\"size\":2"));
        Assert.Equal(["u3", "u4", "u5", "u6", "u7"], hub.Top(9));
        Assert.Equal(9, snapshot.GetProperty("total").GetInt32());

        await server.Admin.SubmitAsync(board, ("u5", 200));
        Assert.Contains("\"rank\":1,\"old_rank\":5", Of(await hub.NextAsync("RankChanges"), "u5"));
        Assert.Equal(["u5", "u1", "u2"], hub.Top(3));
    }

    [Fact]
    public async Task What_was_missed_while_a_connection_was_broken_comes_as_changes()
    {
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20));
        long sequence;
        await using (var broken = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey))
        {
            await broken.SubscribeAsync(Subscribe(board, "\"top\":5"));
            await server.Admin.SubmitAsync(board, ("bob", 25));
            await broken.NextAsync("RankChanges");
            sequence = broken.Sequence;
        }

        await server.Admin.SubmitAsync(board, ("bob", 40), ("eve", 35));
        await using var hub = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);
        var resumed = await hub.SubscribeAsync(Subscribe(board, $"\"top\":5,\"resume_from\":{sequence}"));
        Assert.Equal(sequence, resumed.GetProperty("sequence").GetInt64());
        while (!hub.Rows.ContainsKey("eve"))
            await hub.NextAsync("RankChanges");
        Assert.Equal(["bob", "eve", "ada"], hub.Top(5));

        var forgotten = await hub.SubscribeAsync(Subscribe(board, "\"top\":5,\"resume_from\":0"));
        Assert.Equal(["bob", "eve", "ada"], hub.Top(5));
        Assert.True(forgotten.GetProperty("sequence").GetInt64() > sequence);
    }

    [Fact]
    public async Task Whatever_happens_meanwhile_the_rows_shown_last_are_those_of_the_board_and_messages_are_few()
    {
        const int Seed = 43;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var board = await server.MakeBoardAsync(Last);
        await server.Admin.SubmitAsync(board, [.. Enumerable.Range(0, 40).Select(i => ($"u{i}", (double)random.Next(1000)))]);
        await using var hub = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);
        await hub.SubscribeAsync(Subscribe(board, "\"top\":10"));

        var began = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < 150; round++)
        {
            if (random.Next(5) == 0)
                await server.Admin.DeleteAsync($"{board.Entries}/u{random.Next(60)}");
            else
                await server.Admin.SubmitAsync(board, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => ($"u{random.Next(60)}", (double)random.Next(1000)))]);
        }

        // The last change is one that the part followed shows, so that there is something to wait for.
        await server.Admin.SubmitAsync(board, ("last", 2000));
        while (!hub.Rows.ContainsKey("last"))
            await hub.NextAsync("RankChanges");
        Assert.InRange(hub.ChangeCount, 1, TimeProvider.System.GetElapsedTime(began).TotalSeconds * 10 + 1);
        var page = (await server.Admin.GetAsync($"{board.Query}?limit=10")).Is(200);
        Assert.Equal(page.Each("entries", "user_id"), hub.Top(10));
        Assert.Equal(page.Each("entries", "rank"), hub.Top(10).Select(user => $"{hub.Rows[user].Rank}"));
    }

    [Fact]
    public async Task The_end_of_a_season_is_told_and_the_next_one_takes_the_rows_place()
    {
        var board = await server.MakeBoardAsync("""{"timeframe":{"type":"manual"}}""");
        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"one"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("ada", 5), ("bob", 4));
        await using var hub = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);
        Assert.Equal("one", (await hub.SubscribeAsync(Subscribe(board))).GetProperty("window_key").GetString());

        (await server.Admin.PostAsync($"{board.Path}/seasons/one/close", "{}")).Is(200);
        var closed = await hub.NextAsync("SeasonClosed");
        Assert.Equal(("one", "False"), (closed.GetProperty("window_key").GetString(), closed.GetProperty("final").ToString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, closed.GetProperty("next").ValueKind);

        (await server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"two"}""")).Is(201);
        await server.Admin.SubmitAsync(board, ("bob", 7));
        while (!hub.Rows.TryGetValue("bob", out var bob) || bob.Score != 7)
            Assert.Equal("two", (await hub.NextAsync("RankChanges")).GetProperty("window_key").GetString());
        Assert.Equal(["bob"], hub.Top(10));
    }

    [Fact]
    public async Task A_hidden_player_vanishes_and_a_hidden_board_ends_the_subscription()
    {
        var board = await server.MakeBoardAsync(Last);
        var key = await server.MakeKeyAsync(board.Tenant, $"\"kind\":\"embed\",\"leaderboard_id\":\"{board.Id}\"");
        await server.Admin.SubmitAsync(board, ("ada", 30), ("bob", 20));
        await using var hub = await HubClient.ConnectAsync(server, key);
        await hub.SubscribeAsync($$"""{"leaderboard":"{{board.Id}}"}""");

        (await server.Admin.PutAsync($"/tenants/{board.Tenant}/players/ada", """{"privacy":"hidden"}""")).Is(200);
        while (hub.Rows.ContainsKey("ada"))
            await hub.NextAsync("RankChanges");
        Assert.Equal(["bob"], hub.Top(10));

        (await server.Admin.PatchAsync(board.Path, """{"status":"inactive"}""")).Is(200);
        var ended = await hub.NextAsync("SubscriptionEnded");
        Assert.Equal(("not_found", board.Id), (ended.GetProperty("reason").GetString(), ended.GetProperty("leaderboard").GetString()));
        Assert.Contains("does not exist", await hub.RefusalAsync("Subscribe", Subscribe(board)));
        (await server.Admin.PatchAsync(board.Path, """{"status":"archived"}""")).Is(200);
        Assert.Contains("archived", await hub.RefusalAsync("Subscribe", Subscribe(board)));
    }

    [Fact]
    public async Task A_revoked_key_ends_its_connections_those_without_a_subscription_too()
    {
        var board = await server.MakeBoardAsync(Last);
        var made = (await server.Admin.PostAsync($"/tenants/{board.Tenant}/keys", $$"""{"kind":"embed","leaderboard_id":"{{board.Id}}"}""")).Is(201);
        await using var following = await HubClient.ConnectAsync(server, made.Text("api_key"));
        await using var idle = await HubClient.ConnectAsync(server, made.Text("api_key"));
        await following.SubscribeAsync(Subscribe(board));

        (await server.Admin.DeleteAsync($"/tenants/{board.Tenant}/keys/{made.Text("key_id")}")).Is(200);
        await Task.WhenAll(following.ReadToEndAsync(), idle.ReadToEndAsync());
    }

    [Fact]
    public async Task Who_may_not_connect_is_refused_at_the_handshake()
    {
        var board = await server.MakeBoardAsync();
        var embed = await server.MakeKeyAsync(board.Tenant, $"\"kind\":\"embed\",\"leaderboard_id\":\"{board.Id}\",\"origins\":[\"https://game.example\"]");
        var game = await server.MakeKeyAsync(board.Tenant, $"\"kind\":\"game\",\"leaderboard_id\":\"{board.Id}\"");
        await RefusedAsync(null, 401);
        await RefusedAsync("lrl_embed_none", 401);
        await RefusedAsync("lrt_0123456789abcdefghij_0123456789012345678901234567890123456789012", 401);
        await RefusedAsync(game, 403);
        await RefusedAsync(embed, 403, "https://elsewhere.example");
        await using var hub = await HubClient.ConnectAsync(server, embed, "https://game.example");

        (await server.With(null).PostAsync("/hubs/leaderboards/negotiate?negotiateVersion=1", "")).IsError(401, "UNAUTHORIZED");
        var negotiated = (await server.With(embed).PostAsync("/hubs/leaderboards/negotiate?negotiateVersion=1", "")).Is(200);
        Assert.Equal(["WebSockets"], negotiated.Each("availableTransports", "transport"));
    }

    [Fact]
    public async Task A_ticket_opens_one_connection_and_negotiating_does_not_use_it_up()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync(board.Tenant, $"\"kind\":\"board\",\"leaderboard_id\":\"{board.Id}\"");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/realtime/ticket");
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await server.Http.SendAsync(request);
        var ticket = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("ticket").GetString()!;

        (await server.With(null).PostAsync($"/hubs/leaderboards/negotiate?negotiateVersion=1&access_token={ticket}", "")).Is(200);
        await using var hub = await HubClient.ConnectAsync(server, ticket);
        await hub.SubscribeAsync($$"""{"leaderboard":"{{board.Id}}"}""");
        await RefusedAsync(ticket, 401);
    }

    [Fact]
    public async Task What_is_asked_for_wrongly_is_refused_in_words()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync(board.Tenant, $"\"kind\":\"embed\",\"leaderboard_id\":\"{board.Id}\"");
        await using var hub = await HubClient.ConnectAsync(server, key);
        Assert.Contains("top must be a whole number from 1 to 1000", await hub.RefusalAsync("Subscribe", Subscribe(board, "\"top\":0")));
        Assert.Contains("leaderboard is required", await hub.RefusalAsync("Subscribe", "{}"));
        Assert.Contains("must be a JSON object", await hub.RefusalAsync("Subscribe", "7"));
        Assert.Contains("did you mean 'top'", await hub.RefusalAsync("Subscribe", Subscribe(board, "\"tpo\":1")));
        Assert.Contains("cannot be asked for at once", await hub.RefusalAsync("Subscribe", Subscribe(board, "\"top\":3,\"around\":\"ada\"")));
        Assert.Contains("The key may not see", await hub.RefusalAsync("Subscribe", """{"tenant":"elsewhere","leaderboard":"board"}"""));
        Assert.Contains("The key may not see", await hub.RefusalAsync("Subscribe", $$"""{"tenant":"{{board.Tenant}}","leaderboard":"other"}"""));

        await using var operators = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);
        Assert.Contains("does not exist", await operators.RefusalAsync("Subscribe", """{"tenant":"nobody","leaderboard":"none"}"""));
    }

    [Fact]
    public async Task A_connection_follows_so_many_boards_and_no_more()
    {
        var tenant = await server.MakeTenantAsync();
        await using var hub = await HubClient.ConnectAsync(server, PhoenixServer.AdminKey);
        for (var i = 0; i <= 16; i++)
        {
            (await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", $$"""{"leaderboard_id":"b{{i}}"}""")).Is(201);
            if (i < 16)
                await hub.SubscribeAsync(Subscribe(new Board(tenant, $"b{i}")));
        }

        Assert.Contains("at most 16", await hub.RefusalAsync("Subscribe", Subscribe(new Board(tenant, "b16"))));
        await hub.InvokeAsync("Unsubscribe", $$"""{"tenant":"{{tenant}}","leaderboard":"b3"}""");
        await hub.SubscribeAsync(Subscribe(new Board(tenant, "b16")));
        await server.Admin.SubmitAsync(new Board(tenant, "b3"), ("ada", 1));
        await server.Admin.SubmitAsync(new Board(tenant, "b16"), ("ada", 1));
        Assert.Equal("b16", (await hub.NextAsync("RankChanges")).GetProperty("leaderboard").GetString());
    }

    private static string Subscribe(Board board, string more = "\"top\":10") =>
        $$"""{"tenant":"{{board.Tenant}}","leaderboard":"{{board.Id}}",{{more}}}""";

    private static string Of(System.Text.Json.JsonElement told, string user) =>
        told.GetProperty("changes").EnumerateArray().Single(change => change.GetProperty("user_id").GetString() == user).GetRawText();

    private async Task RefusedAsync(string? token, int status, string? origin = null)
    {
        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => HubClient.ConnectAsync(server, token, origin));
        Assert.Contains($"'{status}'", refusal.Message);
    }
}
