using System.Globalization;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>Plans, quotas and the counting of requests.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task Usage_has_the_documented_shape_and_nothing_is_left_to_count_of_what_is_unlimited()
    {
        await using var server = await PhoenixServer.StartAsync();
        var game = await RankoraClient.MakeAsync(server);
        await game.SubmitAsync("PlayerOne", 10);

        var usage = (await game.GetAsync("/api/v1/usage")).Is(200);
        Assert.Equal(
            """{"currentRequests":2,"remainingRequests":9999998,"currentLeaderboards":1,"remainingLeaderboards":49,"currentEntries":1,"remainingEntries":999999}""",
            usage.Body);

        var unlimited = await RankoraClient.MakeAsync(server, "enterprise");
        Assert.Equal(
            """{"currentRequests":1,"remainingRequests":null,"currentLeaderboards":1,"remainingLeaderboards":null,"currentEntries":0,"remainingEntries":null}""",
            (await unlimited.GetAsync("/api/v1/usage")).Is(200).Body);
    }

    [Fact]
    public async Task What_a_plan_forbids_is_refused_with_the_plan_that_is_needed()
    {
        await using var server = await PhoenixServer.StartAsync(null, "--Laurel:Plans:Free:Entries=2");
        var game = await RankoraClient.MakeAsync(server, "free");

        (await game.PostAsync("""{"name":"PlayerOne","score":1,"metadata":{"a":"b"}}""")).IsError(400, "Metadata is only available on \"Indie\" or higher plans");
        (await game.GetAsync("/api/v1/realtime")).IsError(400, "Realtime updates are not part of the free plan: they are available on \"Pro\" or higher plans");
        (await game.SendAsync(HttpMethod.Post, "/api/v1/realtime/ticket")).IsError(400);

        var first = await game.SubmitAsync("PlayerOne", 1);
        await game.SubmitAsync("PlayerTwo", 2);
        (await game.PostAsync("""{"name":"PlayerThree","score":3}""")).IsError(400, "The free plan allows 2 entries: more are available on \"Indie\" or higher plans");
        await game.SubmitAsync("PlayerOne", 5, first);

        var second = await server.Admin.PostAsync($"/tenants/{game.Tenant}/leaderboards", """{"leaderboard_id":"second"}""");
        second.IsInvalid("The free plan allows 1 leaderboards: more are available on \"Indie\" or higher plans");
    }

    [Fact]
    public async Task Used_up_requests_are_refused_until_the_month_ends_and_the_count_survives_a_restart()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 3, 31, 23, 0, 0, TimeSpan.Zero));
        await using var server = await PhoenixServer.StartAsync(clock, "--Laurel:Plans:Free:Requests=4");
        var game = await RankoraClient.MakeAsync(server, "free");
        for (var i = 0; i < 3; i++)
            (await game.ListAsync()).Is(200);
        await server.RestartAsync();

        (await game.ListAsync()).Is(200);
        var refused = (await game.ListAsync()).IsError(429, "The free plan's requests of this month are used up");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 3500, 3600);
        var usage = (await game.GetAsync("/api/v1/usage")).Is(200).Json;
        Assert.Equal((5, 0), (usage.GetProperty("currentRequests").GetInt32(), usage.GetProperty("remainingRequests").GetInt32()));

        clock.Advance(TimeSpan.FromHours(1));
        (await game.ListAsync()).Is(200);
        Assert.Equal(2, (await game.GetAsync("/api/v1/usage")).Is(200).Json.GetProperty("currentRequests").GetInt32());
    }

    [Fact]
    public async Task Requests_of_every_dialect_are_counted_and_at_most_one_write_a_half_second_keeps_them()
    {
        await using var server = await PhoenixServer.StartAsync();
        var game = await RankoraClient.MakeAsync(server);
        var tenant = server.With(await server.MakeKeyAsync(game.Tenant, "\"kind\":\"tenant\",\"scopes\":[\"leaderboards:read\"]"));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => tenant.GetAsync($"/v1/leaderboards/{game.Tenant}/board")));

        Assert.Equal(201, (await game.GetAsync("/api/v1/usage")).Is(200).Json.GetProperty("currentRequests").GetInt32());
    }
}
