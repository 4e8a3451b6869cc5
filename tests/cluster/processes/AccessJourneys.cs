using System.Diagnostics;
using System.Net;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>Keys and their limits across gateways, and the dashboard that only operators see.</summary>
[Collection(RealCluster.OneAtATime)]
public sealed class AccessJourneys
{
    private const int Limit = 300;
    private static readonly TimeSpan RevokedWithin = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_limit_is_exact_over_two_gateways_and_a_revoked_key_ends_everywhere()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 2, gateways: 2);
        await cluster.MakeBoardAsync("board");
        var key = await cluster.MakeKeyAsync($$"""{"kind":"tenant","scopes":["leaderboards:read"],"rate_limit":{"requests":{{Limit}},"seconds":3600} }""");

        var served = 0;
        await Parallel.ForAsync(0, Limit + 100, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var answer = await GetAsync(cluster.Gateways[i % 2], key);
            if (answer == HttpStatusCode.OK)
                Interlocked.Increment(ref served);
            else
                Assert.Equal(HttpStatusCode.TooManyRequests, answer);
        });
        Assert.Equal(Limit, served);

        var other = await cluster.MakeKeyAsync("""{"kind":"tenant","scopes":["leaderboards:read"]}""");
        foreach (var gateway in cluster.Gateways)
            Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, other));
        var id = other.Split('_')[2];
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Delete, $"/tenants/acme/keys/{id}")).Status);
        var revoked = Stopwatch.GetTimestamp();
        foreach (var gateway in cluster.Gateways)
            await Eventually.TrueAsync(async () => await GetAsync(gateway, other) == HttpStatusCode.Unauthorized, "the key is refused");
        Assert.InRange(Stopwatch.GetElapsedTime(revoked), TimeSpan.Zero, RevokedWithin + RevokedWithin);

        async Task<HttpStatusCode> GetAsync(Node gateway, string with) =>
            (await cluster.SendAsync(gateway, HttpMethod.Get, "/tenants/acme/leaderboards", null, with)).Status;
    }

    [Fact]
    public async Task The_dashboard_is_for_operators_and_a_silo_serves_no_games()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 1, gateways: 1);
        var silo = cluster.Silos[0];
        await cluster.MakeBoardAsync("board");
        var tenantKey = await cluster.MakeKeyAsync("""{"kind":"tenant","scopes":["leaderboards:read"]}""");

        foreach (var path in (string[])["/dashboard/", "/dashboard/DashboardCounters"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await cluster.SendAsync(silo, HttpMethod.Get, path, null, "none")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await cluster.SendAsync(silo, HttpMethod.Get, path, null, tenantKey)).Status);
            Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(silo, HttpMethod.Get, path)).Status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Address, "/dashboard/"));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"any:{RealCluster.AdminKey}")));
        using var asBrowser = await cluster.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, asBrowser.StatusCode);
        using var refused = await cluster.Http.GetAsync(new Uri(silo.Address, "/dashboard/"));
        Assert.Equal("Basic", Assert.Single(refused.Headers.WwwAuthenticate).Scheme);

        Assert.Equal(HttpStatusCode.NotFound, (await cluster.SendAsync(silo, HttpMethod.Get, "/tenants")).Status);
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(silo, HttpMethod.Get, "/metrics")).Status);
    }
}
