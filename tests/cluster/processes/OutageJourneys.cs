using System.Net;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>What a cluster does while something that it stands on is away, and when all of it is replaced.</summary>
[Collection(RealCluster.OneAtATime)]
public sealed class OutageJourneys(ITestOutputHelper output)
{
    private const string Board = "points";

    [Fact]
    public async Task A_rolling_restart_fails_no_request()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 2, gateways: 2);
        var writers = new Writers(cluster, Board, await cluster.MakeBoardAsync(Board), count: 8);
        await writers.GoOnAsync();

        foreach (var silo in cluster.Silos.ToArray())
        {
            Assert.Equal(0, await silo.StopAsync());
            await writers.GoOnAsync();
            await silo.RestartAsync();
            await writers.GoOnAsync();
        }

        foreach (var gateway in cluster.Gateways.ToArray())
        {
            // What a load balancer does: it takes out a gateway that says that it is not ready, while that one still serves.
            var stopping = gateway.StopAsync();
            await Eventually.TrueAsync(async () => !await gateway.IsReadyAsync(), "the gateway says that it is stopping");
            cluster.TakeOut(gateway);
            Assert.Equal(0, await stopping);
            await gateway.RestartAsync();
            cluster.TakeIn(gateway);
            await writers.GoOnAsync();
        }

        await writers.StopAsync();
        Assert.Empty(writers.Failures);
        writers.Check(await cluster.StandingsAsync(cluster.Gateways[0], Board));
        output.WriteLine($"{writers.Acknowledged} requests acknowledged");
    }

    [Fact]
    public async Task Without_Redis_nodes_that_run_go_on_and_new_ones_join_when_it_is_back()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 2, gateways: 1);
        var writers = new Writers(cluster, Board, await cluster.MakeBoardAsync(Board), count: 4);
        await writers.GoOnAsync();
        var before = writers.Failures.Count;

        await cluster.Redis.KillAsync();
        // Longer than any of the membership's periods: who has to read or write the table meanwhile finds it away.
        await writers.GoOnForAsync(TimeSpan.FromSeconds(25));
        await cluster.MakeBoardAsync("new");
        Assert.Equal(before, writers.Failures.Count);

        await cluster.Redis.StartAgainAsync();
        await cluster.AddSiloAsync();
        await cluster.Silos[0].KillAsync();
        await writers.GoOnAsync();
        await writers.StopAsync();
        writers.Check(await cluster.StandingsAsync(cluster.Gateways[0], Board));
    }

    [Fact]
    public async Task Without_PostgreSQL_writes_are_refused_reads_go_on_and_all_recovers_by_itself()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 2, gateways: 1);
        var key = await cluster.MakeBoardAsync(Board);
        var writers = new Writers(cluster, Board, key, count: 4);
        await writers.GoOnAsync();

        await cluster.Postgres.KillAsync();
        await Eventually.TrueAsync(() => Task.FromResult(writers.Failures.Count > 4), "writes are refused");
        var page = await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Get, $"/v1/leaderboards/acme/{Board}?limit=10");
        Assert.Equal(10, page.Is(HttpStatusCode.OK).GetProperty("entries").GetArrayLength());
        Assert.All(writers.Failures, static failure => Assert.Contains("\"error\":", failure, StringComparison.Ordinal));
        Assert.False(await cluster.Gateways[0].IsReadyAsync());

        await cluster.Postgres.StartAgainAsync();
        await writers.GoOnAsync();
        await writers.StopAsync();
        writers.Check(await cluster.StandingsAsync(cluster.Gateways[0], Board));
        Assert.All(cluster.Silos, static silo => Assert.True(silo.Runs));
    }
}
