using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Several gateways' counters before the real grain that adds up.</summary>
public sealed class UsageGatewayJourneys
{
    [Fact]
    public async Task Several_gateways_count_one_sum_which_each_knows_a_second_later()
    {
        await using var server = await LaurelServer.StartAsync();
        var clock = new ManualClock();
        List<RequestCounter> gateways = [.. Enumerable.Range(0, 3).Select(_ => new RequestCounter(server.Port, clock, NullLogger<RequestCounter>.Instance))];
        foreach (var gateway in gateways)
            Assert.Equal(0, await gateway.SumAsync("acme"));

        await Task.WhenAll(gateways.Select((gateway, at) => Task.Run(() =>
        {
            for (var i = 0; i < 100 * (at + 1); i++)
                gateway.Count("acme");
        })));
        Assert.Equal(200, await gateways[1].SumAsync("acme"));
        foreach (var gateway in gateways)
            await gateway.StopAsync(TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var gateway in gateways)
            Assert.Equal(600, await gateway.SumAsync("acme"));
    }
}
