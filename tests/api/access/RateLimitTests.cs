using System.Text;

namespace Laurel.ApiFrontend.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Of_1500_requests_from_64_callers_exactly_1000_are_served_in_a_minute()
    {
        await using var host = await FrontendHost.StartAsync();
        var body = Encoding.UTF8.GetBytes(Bodies.Of(1));

        Assert.Equal((1000, 500), await SendAsync());

        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal((0, 1500), await SendAsync());

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((1000, 500), await SendAsync());

        async Task<(int Served, int Refused)> SendAsync()
        {
            var left = 1500;
            var statuses = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
            {
                List<int> mine = [];
                while (Interlocked.Decrement(ref left) >= 0)
                    mine.Add((await host.SubmitAsync(body)).Status);
                return mine;
            }));
            var all = statuses.SelectMany(static mine => mine).ToList();
            Assert.All(all, static status => Assert.True(status is 200 or 429));
            return (all.Count(static status => status == 200), all.Count(static status => status == 429));
        }
    }

    [Fact]
    public async Task One_keys_limit_is_no_other_keys()
    {
        await using var host = await FrontendHost.StartAsync();
        var body = Encoding.UTF8.GetBytes(Bodies.Of(1));
        var slow = host.Keys.Make(KeyKinds.Game, "acme", "board", new(1, 60));

        Assert.Equal(200, (await host.SubmitAsync(body, slow)).Status);
        Assert.Equal(429, (await host.SubmitAsync(body, slow)).Status);
        Assert.Equal(200, (await host.SubmitAsync(body)).Status);
    }
}
