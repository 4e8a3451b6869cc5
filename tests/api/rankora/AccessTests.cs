using System.Globalization;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>Keys, limits, caches and browsers of the dialect.</summary>
[Collection<PhoenixTests>]
public sealed class AccessTests(PhoenixServer server)
{
    private static readonly (string Method, string Path, bool EmbedToo)[] Routes =
    [
        ("GET", "/api/v1/usage", false),
        ("GET", "/api/v1/leaderboard", true),
        ("GET", "/api/v1/leaderboard/entries", true),
        ("POST", "/api/v1/leaderboard/entries", false),
        ("GET", "/api/v1/leaderboard/entries/929f5200-0d3a-436c-b54b-eb281bf6b41a", true),
        ("DELETE", "/api/v1/leaderboard/entries/929f5200-0d3a-436c-b54b-eb281bf6b41a", false),
        ("POST", "/api/v1/realtime/ticket", true),
    ];

    [Fact]
    public async Task Every_route_lets_in_whom_it_should_and_nobody_else()
    {
        var game = await RankoraClient.MakeAsync(server);
        var embed = await server.MakeKeyAsync(game.Tenant, "\"kind\":\"embed\",\"leaderboard_id\":\"board\"");
        var others = new List<string> { PhoenixServer.AdminKey };
        foreach (var kind in (string[])["game", "tenant", "client"])
            others.Add(await server.MakeKeyAsync(game.Tenant, $"\"kind\":\"{kind}\"" + (kind == "game" ? ",\"leaderboard_id\":\"board\"" : kind == "tenant" ? ",\"scopes\":[\"leaderboards:write\"]" : "")));

        foreach (var (method, path, embedToo) in Routes)
        {
            Task<RankoraAnswer> CallAsync(RankoraClient client) => client.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null);
            (await CallAsync(game.With(""))).IsError(401);
            (await CallAsync(game.With("nonsense"))).IsError(401);
            foreach (var other in others)
                (await CallAsync(game.With(other))).IsError(403);
            Assert.NotInRange((await CallAsync(game)).Status, 401, 403);
            var published = await CallAsync(game.With(embed));
            Assert.Equal(embedToo, published.Status is not (401 or 403));
        }
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_and_one_of_the_keys_own_may_read()
    {
        var game = await RankoraClient.MakeAsync(server);
        var embed = game.With(await server.MakeKeyAsync(game.Tenant, "\"kind\":\"embed\",\"leaderboard_id\":\"board\",\"origins\":[\"https://game.example\"]"));

        var own = await embed.SendAsync(HttpMethod.Get, "/api/v1/leaderboard/entries", null, ("Origin", "https://game.example"));
        Assert.Equal("https://game.example", own.Is(200).Headers["Access-Control-Allow-Origin"]);
        (await embed.SendAsync(HttpMethod.Get, "/api/v1/leaderboard/entries", null, ("Origin", "https://evil.example"))).IsError(403);

        var leave = await game.With("").SendAsync(HttpMethod.Options, "/api/v1/leaderboard/entries", null, ("Origin", "https://game.example"));
        Assert.Contains("POST", leave.Is(204).Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_comes_from_the_cache_for_five_seconds_and_says_so()
    {
        var clock = new ManualClock();
        await using var timed = await PhoenixServer.StartAsync(clock);
        var game = await RankoraClient.MakeAsync(timed);
        await game.SubmitAsync("PlayerOne", 10);

        var first = (await game.ListAsync("?limit=3")).Is(200);
        Assert.Equal("MISS", first.Headers["X-Cache"]);
        Assert.Equal(["max-age=5", "private", "stale-while-revalidate=30"], first.Headers["Cache-Control"].Split(", ").Order(StringComparer.Ordinal));
        Assert.Equal("Authorization, Origin", first.Headers["Vary"]);

        await game.SubmitAsync("PlayerTwo", 20);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        var hit = (await game.ListAsync("?limit=3")).Is(200);
        Assert.Equal(("HIT", first.Body), (hit.Headers["X-Cache"], hit.Body));
        Assert.Equal("HIT", (await game.ListAsync("?limit=3&player_id=x")).Is(200).Headers["X-Cache"]);

        clock.Advance(TimeSpan.FromSeconds(0.2));
        var fresh = (await game.ListAsync("?limit=3")).Is(200);
        Assert.Equal(("MISS", 2), (fresh.Headers["X-Cache"], fresh.Json.GetProperty("entries").GetArrayLength()));
    }

    [Fact]
    public async Task Every_answer_to_a_known_key_says_what_is_left_of_its_limit()
    {
        var game = await RankoraClient.MakeAsync(server);
        var limited = game.With(await server.MakeKeyAsync(game.Tenant, "\"kind\":\"board\",\"leaderboard_id\":\"board\",\"rate_limit\":{\"requests\":3,\"seconds\":60}"));

        for (var left = 2; left >= 0; left--)
        {
            var answer = await limited.ListAsync(left == 1 ? "?limit=wrong" : "");
            Assert.Equal(("3", left.ToString(CultureInfo.InvariantCulture)), (answer.Headers["X-RateLimit-Limit"], answer.Headers["X-RateLimit-Remaining"]));
            var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(answer.Headers["X-RateLimit-Reset"], CultureInfo.InvariantCulture));
            Assert.InRange(reset - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(61));
        }

        var refused = (await limited.ListAsync()).IsError(429, "Rate limit exceeded");
        Assert.Equal("0", refused.Headers["X-RateLimit-Remaining"]);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 61);
        Assert.False((await game.With("nonsense").ListAsync()).IsError(401).Headers.ContainsKey("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task A_board_that_is_not_active_is_hidden_from_players()
    {
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 10);
        var path = $"/tenants/{game.Tenant}/leaderboards/board";

        (await server.Admin.PatchAsync(path, """{"status":"inactive"}""")).Is(200);
        (await game.GetAsync("/api/v1/leaderboard")).IsError(404);
        (await game.ListAsync()).IsError(404);
        (await game.GetAsync("/api/v1/realtime")).IsError(404);
        (await game.PostAsync("""{"name":"PlayerOne","score":1}""")).IsError(400);

        (await server.Admin.PatchAsync(path, """{"status":"archived"}""")).Is(200);
        Assert.Contains("/v1/snapshots/", (await game.GetAsync("/api/v1/leaderboard")).IsError(404).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_served_answers_in_the_dialects_envelope()
    {
        var game = await RankoraClient.MakeAsync(server);

        (await game.GetAsync("/api/v1/nothing")).IsError(404);
        (await game.SendAsync(HttpMethod.Put, "/api/v1/usage")).IsError(405);
        (await game.PostAsync(new string(' ', 1024 * 1024 + 1))).IsError(413);
    }
}
