using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Events that the seasons cannot keep up with.</summary>
public sealed class BusyEventTests
{
    [Theory, InlineData("/v1/events", false), InlineData("/v1/events/bulk", true)]
    public async Task Events_are_refused_while_more_wait_than_may_wait_and_told_when_to_come_again(string path, bool isBulk)
    {
        await using var host = await FrontendHost.StartAsync();
        host.Grains.Fail<IEventIntake>(OutcomeStatus.Busy);
        var one = new { event_id = "e1", event_type = "kill", actor = new { id = "ada" }, timestamp = host.Clock.GetUtcNow() };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = isBulk ? System.Net.Http.Json.JsonContent.Create(new { events = new[] { one } }) : System.Net.Http.Json.JsonContent.Create(one) };
        request.Headers.Add("X-API-Key", host.Keys.Make(KeyKinds.Tenant, scopes: ["events:write"]));

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(
            """{"error":"More events wait to be scored than may wait; send these again in a moment","code":"RATE_LIMIT_001"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
