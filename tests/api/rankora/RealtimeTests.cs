using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>The dialect's server-sent events.</summary>
[Collection<PhoenixTests>]
public sealed class RealtimeTests(PhoenixServer server)
{
    [Fact]
    public async Task A_stream_begins_with_the_entries_and_tells_each_change_in_the_documented_shape()
    {
        var game = await RankoraClient.MakeAsync(server);
        var player = await game.SubmitAsync("PlayerOne", 9500);
        await using var stream = await game.FollowAsync("?limit=10&offset=0&order=desc");
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);

        var connected = await stream.NextAsync("connected");
        Assert.Equal(["type", "message", "timestamp", "user_plan"], Names(connected));
        Assert.Equal(("Realtime connection established", "pro"), (connected.GetProperty("message").GetString(), connected.GetProperty("user_plan").GetString()));
        var initial = await stream.NextAsync("initial");
        Assert.Equal(["type", "success", "entries", "pagination", "timestamp"], Names(initial));
        Assert.Equal(["name", "score", "rank", "updated_at"], Names(initial.GetProperty("entries")[0]));
        Assert.Equal("""{"limit":10,"offset":0,"total":1}""", initial.GetProperty("pagination").GetRawText());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", initial.GetProperty("timestamp").GetString());

        var second = await game.SubmitAsync("NewPlayer", 10000);
        var insert = await stream.NextAsync("update");
        Assert.Equal(["type", "payload", "timestamp"], Names(insert));
        Assert.Equal("INSERT NewPlayer 10000 <- ", Show(insert));
        Assert.Equal(["name", "score", "updated_at"], Names(insert.GetProperty("payload").GetProperty("new")));
        Assert.Equal(JsonValueKind.Null, insert.GetProperty("payload").GetProperty("old").ValueKind);

        await game.SubmitAsync("PlayerOne", 10500, player);
        Assert.Equal("UPDATE PlayerOne 10500 <- PlayerOne 9500", Show(await stream.NextAsync("update")));
        (await game.RemoveAsync(second)).Is(200);
        Assert.Equal("DELETE  <- NewPlayer 10000", Show(await stream.NextAsync("update")));
    }

    [Fact]
    public async Task Only_the_window_asked_for_is_told_of_and_an_entry_pushed_out_is_no_delete()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("Ada", 40);
        var bob = await game.SubmitAsync("Bob", 30);
        var eve = await game.SubmitAsync("Eve", 20);
        await game.SubmitAsync("Zoe", 10);
        await using var stream = await game.FollowAsync("?limit=2");
        await stream.BeginAsync();

        await game.SubmitAsync("Low", 5);
        await game.SubmitAsync("Eve", 35, eve);
        Assert.Equal("UPDATE Eve 35 <- Eve 20", Show(await stream.NextAsync("update")));
        await game.SubmitAsync("Eve", 1, eve);
        var fallen = new[] { Show(await stream.NextAsync("update")), Show(await stream.NextAsync("update")) };
        Assert.Equal(["UPDATE Bob 30 <- Bob 30", "UPDATE Eve 1 <- Eve 35"], fallen.Order(StringComparer.Ordinal));
        await game.SubmitAsync("Bobby", 30.5, bob);
        Assert.Equal("UPDATE Bobby 30.5 <- Bob 30", Show(await stream.NextAsync("update")));
    }

    [Fact]
    public async Task A_player_filter_tells_of_that_player_alone()
    {
        var game = await RankoraClient.MakeAsync(server);
        var ada = await game.SubmitAsync("Ada", 40);
        var bob = await game.SubmitAsync("Bob", 30);
        await using var stream = await game.FollowAsync($"?player_id={bob}");
        Assert.Equal("Bob", (await stream.BeginAsync()).GetProperty("entries").EnumerateArray().Single().GetProperty("name").GetString());

        await game.SubmitAsync("Ada", 41, ada);
        await game.SubmitAsync("Bob", 50, bob);

        Assert.Equal("UPDATE Bob 50 <- Bob 30", Show(await stream.NextAsync("update")));
    }

    [Fact]
    public async Task A_broken_stream_resumes_where_it_broke()
    {
        var game = await RankoraClient.MakeAsync(server);
        var ada = await game.SubmitAsync("Ada", 1);
        string? lastId;
        await using (var stream = await game.FollowAsync())
        {
            await stream.BeginAsync();
            await game.SubmitAsync("Ada", 2, ada);
            await stream.NextAsync("update");
            lastId = stream.LastId;
        }

        await game.SubmitAsync("Ada", 3, ada);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => game.SubmitAsync("Bob", 9)));
        await using var resumed = await game.FollowAsync("", lastId);
        await resumed.NextAsync("connected");
        Assert.Equal(lastId, resumed.LastId);
        List<string> told = [];
        while (told.Count < 4)
            told.Add(Show(await resumed.NextAsync("update")));
        Assert.Equal(["INSERT Bob 9 <- ", "INSERT Bob 9 <- ", "INSERT Bob 9 <- ", "UPDATE Ada 3 <- Ada 2"], told.Order(StringComparer.Ordinal));

        // What cannot be resumed begins again.
        foreach (var unknown in (string[])["all_time:999999", "nonsense", "0~", $"{resumed.LastId}~"])
        {
            await using var anew = await game.FollowAsync("", unknown);
            Assert.Equal(4, (await anew.BeginAsync()).GetProperty("entries").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_ticket_opens_one_stream_and_reopens_that_one_alone()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("Ada", 1);
        var issued = (await game.SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).Is(200);
        Assert.Equal(["success", "ticket", "expires_in"], Names(issued.Json));
        Assert.Equal(60, issued.Json.GetProperty("expires_in").GetInt32());
        var path = $"/api/v1/realtime?ticket={issued.Json.GetProperty("ticket").GetString()}";

        string? lastId;
        await using (var stream = await EventStreamClient.OpenAsync(server, path, null))
        {
            await stream.BeginAsync();
            lastId = stream.LastId;
            await using var again = await EventStreamClient.OpenAsync(server, path, null);
            Assert.Equal(401, (int)again.Response.StatusCode);
        }

        foreach (var guessed in (string[])["all_time:1", "0123456789abcdef.all_time:1"])
        {
            await using var stolen = await EventStreamClient.OpenAsync(server, path, null, guessed);
            Assert.Equal(401, (int)stolen.Response.StatusCode);
        }

        await using var reopened = await EventStreamClient.OpenAsync(server, path, null, lastId);
        await reopened.NextAsync("connected");
        await game.SubmitAsync("Bob", 2);
        Assert.Equal("INSERT Bob 2 <- ", Show(await reopened.NextAsync("update")));
    }

    [Fact]
    public async Task A_ticket_is_good_for_a_minute_and_its_stream_for_ten_after_a_break()
    {
        var clock = new ManualClock();
        await using var timed = await PhoenixServer.StartAsync(clock);
        var game = await RankoraClient.MakeAsync(timed);
        await game.SubmitAsync("Ada", 1);
        var late = await MakeTicketPathAsync(game);
        clock.Advance(TimeSpan.FromSeconds(61));
        await using (var stream = await EventStreamClient.OpenAsync(timed, late, null))
            Assert.Equal(401, (int)stream.Response.StatusCode);

        var path = await MakeTicketPathAsync(game);
        string? lastId;
        await using (var stream = await EventStreamClient.OpenAsync(timed, path, null))
        {
            await stream.BeginAsync();
            lastId = stream.LastId;
        }

        // The break is noticed when the connection is; until then the stream counts as open.
        await Eventually.HoldsAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(11));
            await using var stream = await EventStreamClient.OpenAsync(timed, path, null, lastId);
            return (int)stream.Response.StatusCode == 401;
        });
    }

    [Fact]
    public async Task A_new_ticket_takes_up_where_another_stream_broke_and_reopens_from_there()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("Ada", 1);
        string? lastId;
        await using (var first = await EventStreamClient.OpenAsync(server, await MakeTicketPathAsync(game), null))
        {
            await first.BeginAsync();
            lastId = first.LastId;
        }

        await game.SubmitAsync("Bob", 2);
        foreach (var from in (string[])[lastId!, lastId!.Split('.')[1]])
        {
            var path = await MakeTicketPathAsync(game);
            await using var second = await EventStreamClient.OpenAsync(server, path, null, from);
            await second.NextAsync("connected");
            var begun = second.LastId;
            Assert.Equal("INSERT Bob 2 <- ", Show(await second.NextAsync("update")));

            // It breaks before it has told anything.
            await using var third = await EventStreamClient.OpenAsync(server, path, null, begun);
            await third.NextAsync("connected");
            Assert.Equal("INSERT Bob 2 <- ", Show(await third.NextAsync("update")));
        }
    }

    [Fact]
    public async Task A_ticket_reopens_its_stream_however_long_that_was_open()
    {
        var clock = new ManualClock();
        await using var timed = await PhoenixServer.StartAsync(clock);
        var game = await RankoraClient.MakeAsync(timed);
        await game.SubmitAsync("Ada", 1);
        var path = await MakeTicketPathAsync(game);
        string? lastId;
        await using (var stream = await EventStreamClient.OpenAsync(timed, path, null))
        {
            await stream.NextAsync("connected");
            lastId = stream.LastId;

            // What nobody uses for a quarter of an hour is unloaded. In steps below the deadlines of calls, and a durable write between them.
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(20); passed += TimeSpan.FromSeconds(5))
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                await game.SubmitAsync("Bob", 2);
            }
        }

        await Eventually.HoldsAsync(async () =>
        {
            await using var reopened = await EventStreamClient.OpenAsync(timed, path, null, lastId);
            return (int)reopened.Response.StatusCode == 200;
        });
    }

    [Fact]
    public async Task A_published_key_may_stand_in_the_query_and_its_origins_bind_browsers()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("Ada", 1);
        var embed = await server.MakeKeyAsync(game.Tenant, "\"kind\":\"embed\",\"leaderboard_id\":\"board\",\"origins\":[\"https://game.example\"]");

        await using (var stream = await EventStreamClient.OpenAsync(server, $"/api/v1/realtime?access_token={embed}", null, origin: "https://game.example"))
            await stream.BeginAsync();
        await using var refused = await EventStreamClient.OpenAsync(server, $"/api/v1/realtime?access_token={embed}", null, origin: "https://evil.example");
        Assert.Equal(403, (int)refused.Response.StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_ends_its_streams_with_an_error()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("Ada", 1);
        var made = (await server.Admin.PostAsync($"/tenants/{game.Tenant}/keys", """{"kind":"embed","leaderboard_id":"board"}""")).Is(201);
        await using var stream = await game.With(made.Text("api_key")).FollowAsync();
        await stream.BeginAsync();

        (await server.Admin.DeleteAsync($"/tenants/{game.Tenant}/keys/{made.Text("key_id")}")).Is(200);

        Assert.Equal(["type", "message", "timestamp"], Names(await stream.NextAsync("error")));
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Whatever_happens_meanwhile_a_list_kept_from_the_events_is_the_boards()
    {
        const int Seed = 97;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var game = await RankoraClient.MakeAsync(server);
        List<(string Id, string Name)> players = [];
        for (var i = 0; i < 20; i++)
            players.Add((await game.SubmitAsync($"Player{i}", random.Next(1000)), $"Player{i}"));
        await using var stream = await game.FollowAsync("?limit=5");
        Dictionary<string, double> kept = [];
        foreach (var entry in (await stream.BeginAsync()).GetProperty("entries").EnumerateArray())
            kept[entry.GetProperty("name").GetString()!] = entry.GetProperty("score").GetDouble();

        var changes = Task.Run(async () =>
        {
            for (var i = 0; i < 120; i++)
            {
                var (id, name) = players[random.Next(players.Count)];
                if (random.Next(6) == 0)
                    await game.RemoveAsync(id);
                else
                    await game.SubmitAsync(name, random.Next(100_000) / 100.0, id);
            }

            await game.SubmitAsync("Last", 5000);
        });
        while (!kept.ContainsKey("Last") || stream.LastId!.EndsWith('~'))
        {
            var payload = (await stream.NextAsync("update")).GetProperty("payload");
            if (payload.GetProperty("new") is { ValueKind: JsonValueKind.Object } now)
                kept[now.GetProperty("name").GetString()!] = now.GetProperty("score").GetDouble();
            else
                kept.Remove(payload.GetProperty("old").GetProperty("name").GetString()!);

            // A list of five has five entries: those pushed out are not told of any more.
            foreach (var (pushedOut, _) in kept.OrderByDescending(static entry => entry.Value).Skip(5).ToList())
                kept.Remove(pushedOut);
        }

        await changes;
        var board = (await server.Admin.GetAsync($"/v1/leaderboards/{game.Tenant}/board?limit=5")).Is(200);
        Assert.Equal(board.Each("entries", "name"), kept.OrderByDescending(entry => entry.Value).Take(5).Select(entry => entry.Key));
    }

    private static async Task<string> MakeTicketPathAsync(RankoraClient game) =>
        $"/api/v1/realtime?ticket={(await game.SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).Is(200).Json.GetProperty("ticket").GetString()}";

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(field => field.Name);

    private static string Show(JsonElement update)
    {
        var payload = update.GetProperty("payload");
        return $"{payload.GetProperty("eventType").GetString()} {Show(payload, "new")} <- {Show(payload, "old")}";
    }

    private static string Show(JsonElement payload, string side) =>
        payload.GetProperty(side) is { ValueKind: JsonValueKind.Object } row ? $"{row.GetProperty("name").GetString()} {row.GetProperty("score").GetRawText()}" : "";
}
