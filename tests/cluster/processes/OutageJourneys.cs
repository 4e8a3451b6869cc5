using System.Net;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>What a cluster does while something that it stands on is away, and when all of it is replaced.</summary>
[Collection(ClusterOfProcesses.Name)]
public sealed class OutageJourneys(RealCluster cluster, ITestOutputHelper output)
{
    /// <summary>Whoever reads or writes the table from time to time finds Redis away at least once.</summary>
    private static readonly TimeSpan LongerThanAnyPeriodOfTheMembership = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task A_rolling_restart_fails_no_request()
    {
        await using var turn = await cluster.TakeAsync();
        await using var writers = new Writers(cluster, ["rolling"], await cluster.MakeBoardAsync("rolling"), count: 8);
        await writers.GoOnAsync();

        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(0, await silo.StopAsync());
            await writers.GoOnAsync();
            await silo.RestartAsync();
            await writers.GoOnAsync();
        }

        foreach (var gateway in cluster.Gateways)
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
        await Writers.CheckAsync(cluster, cluster.Gateways[0], writers);
        output.WriteLine($"{writers.Acknowledged} requests acknowledged");
    }

    [Fact]
    public async Task Without_Redis_nodes_that_run_go_on_and_new_ones_join_when_it_is_back()
    {
        await using var turn = await cluster.TakeAsync();
        await using var writers = new Writers(cluster, ["without-redis"], await cluster.MakeBoardAsync("without-redis"), count: 4);
        await writers.GoOnAsync();

        await cluster.Redis.KillAsync();
        await writers.GoOnForAsync(LongerThanAnyPeriodOfTheMembership);
        await cluster.MakeBoardAsync("made-without-redis");
        Assert.Empty(writers.Failures);

        await cluster.Redis.StartAgainAsync();
        await cluster.Silos[0].KillAsync();
        await cluster.Silos[0].RestartAsync();
        await writers.GoOnAsync();
        await writers.StopAsync();
        await Writers.CheckAsync(cluster, cluster.Gateways[0], writers);
    }

    [Fact]
    public async Task Without_PostgreSQL_writes_are_refused_reads_go_on_and_all_recovers_by_itself()
    {
        await using var turn = await cluster.TakeAsync();
        await using var writers = new Writers(cluster, ["without-postgres"], await cluster.MakeBoardAsync("without-postgres"), count: 4);
        await writers.GoOnAsync();

        await cluster.Postgres.KillAsync();
        await Eventually.TrueAsync(() => Task.FromResult(writers.Failures.Count > 4), "writes are refused");
        var page = await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Get, "/v1/leaderboards/acme/without-postgres?limit=10");
        Assert.Equal(10, page.Is(HttpStatusCode.OK).GetProperty("entries").GetArrayLength());
        // Who is answered is told what is wrong; a writer that gave up waiting, on a machine that does much else, was not answered.
        Assert.All(
            writers.Failures.Where(static failure => !failure.Contains("HttpClient.Timeout", StringComparison.Ordinal)),
            static failure => Assert.Contains("\"error\":", failure, StringComparison.Ordinal));
        // Were it not ready, nothing would bring it the reads.
        var ready = await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Get, "/ready");
        Assert.Equal("storage does not answer", ready.Is(HttpStatusCode.OK).GetProperty("status").GetString());

        await cluster.Postgres.StartAgainAsync();
        await writers.GoOnAsync();
        await writers.StopAsync();
        await Writers.CheckAsync(cluster, cluster.Gateways[0], writers);
        Assert.All(cluster.Silos, static silo => Assert.True(silo.Runs));
    }
}
