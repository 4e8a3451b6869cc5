using System.Diagnostics;
using System.Net;
using System.Text;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>What gateways know together: keys, limits, tokens, tickets and counts. And the dashboard that only operators see.</summary>
[Collection(ClusterOfProcesses.Name)]
public sealed class AccessJourneys(RealCluster cluster, ITestOutputHelper output)
{
    private const int Limit = 300;
    private static readonly TimeSpan RevokedWithin = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_limit_is_exact_over_two_gateways()
    {
        await using var turn = await cluster.TakeAsync();
        await cluster.MakeBoardAsync("limited");
        var key = await cluster.MakeKeyAsync($$"""{"kind":"tenant","scopes":["leaderboards:read"],"rate_limit":{"requests":{{Limit}},"seconds":3600} }""");

        var served = 0;
        await Parallel.ForAsync(0, Limit + 100, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var answer = await ListAsync(cluster.Gateways[i % 2], key);
            if (answer == HttpStatusCode.OK)
                Interlocked.Increment(ref served);
            else
                Assert.Equal(HttpStatusCode.TooManyRequests, answer);
        });

        Assert.Equal(Limit, served);
    }

    [Fact]
    public async Task A_second_after_its_revocation_a_key_is_refused_everywhere()
    {
        await using var turn = await cluster.TakeAsync();
        await cluster.MakeBoardAsync("revoked");
        var key = await cluster.MakeKeyAsync("""{"kind":"tenant","scopes":["leaderboards:read"]}""");
        foreach (var gateway in cluster.Gateways)
            Assert.Equal(HttpStatusCode.OK, await ListAsync(gateway, key));

        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Delete, $"/tenants/acme/keys/{key.Split('_')[2]}")).Status);
        var revoked = Stopwatch.GetTimestamp();
        // Of each gateway, when the last request was sent that it still served: how long answers take is the machine's affair.
        var last = await Task.WhenAll(cluster.Gateways.Select(async gateway =>
        {
            var servedUntil = TimeSpan.Zero;
            await Eventually.TrueAsync(
                async () =>
                {
                    var sent = Stopwatch.GetElapsedTime(revoked);
                    if (await ListAsync(gateway, key) == HttpStatusCode.Unauthorized)
                        return true;
                    servedUntil = sent;
                    return false;
                },
                "the key is refused");
            return servedUntil;
        }));

        output.WriteLine($"served until {string.Join(" and ", last.Select(static time => $"{time.TotalMilliseconds:0} ms"))} after the revocation");
        Assert.All(last, static time => Assert.InRange(time, TimeSpan.Zero, RevokedWithin));
        foreach (var gateway in cluster.Gateways)
            Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(gateway, key));
    }

    [Fact]
    public async Task A_ticket_opens_one_stream_at_one_gateway_whoever_issued_it()
    {
        await using var turn = await cluster.TakeAsync();
        await cluster.MakeBoardAsync("streamed");
        var key = await cluster.MakeKeyAsync("""{"kind":"board","leaderboard_id":"streamed"}""");
        var ticket = (await SendAsync(cluster.Gateways[0], HttpMethod.Post, "/api/v1/realtime/ticket", key)).Is(HttpStatusCode.OK).GetProperty("ticket").GetString();

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var answer = await cluster.Http.GetAsync(
                new Uri(cluster.Gateways[(i + 1) % 2].Address, $"/api/v1/realtime?ticket={ticket}"), HttpCompletionOption.ResponseHeadersRead);
            return answer.StatusCode;
        }));

        Assert.Single(opened, HttpStatusCode.OK);
        Assert.Equal(7, opened.Count(static status => status == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Requests_are_counted_once_over_all_gateways()
    {
        await using var turn = await cluster.TakeAsync();
        const string Tenant = "counted";
        (await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Post, "/tenants", $$"""{"tenant_id":"{{Tenant}}"}""")).Is(HttpStatusCode.Created);
        (await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Post, $"/tenants/{Tenant}/leaderboards", """{"leaderboard_id":"board","preset":"rankora"}""")).Is(HttpStatusCode.Created);
        var key = await cluster.MakeKeyAsync("""{"kind":"board","leaderboard_id":"board"}""", Tenant);

        const int Requests = 100;
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            (await SendAsync(cluster.Gateways[i % 2], HttpMethod.Get, "/api/v1/leaderboard/entries", key)).Is(HttpStatusCode.OK));

        // Whoever operates the cluster is not counted, and may look as often as it takes.
        foreach (var gateway in cluster.Gateways)
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    var counted = (await cluster.SendAsync(gateway, HttpMethod.Get, $"/tenants/{Tenant}/usage")).Is(HttpStatusCode.OK).GetProperty("requests").GetProperty("used").GetInt32();
                    Assert.InRange(counted, 0, Requests);
                    return counted == Requests;
                },
                "all requests are counted");
        }
    }

    [Fact]
    public async Task Each_gateway_takes_the_tokens_of_the_other()
    {
        await using var turn = await cluster.TakeAsync();
        await cluster.MakeBoardAsync("tokens");
        var client = (await cluster.SendAsync(cluster.Gateways[0], HttpMethod.Post, "/tenants/acme/keys", """{"kind":"client"}""")).Is(HttpStatusCode.Created);

        var tokens = await Task.WhenAll(cluster.Gateways.Select(async gateway =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "/v1/token"));
            foreach (var (header, field) in (ReadOnlySpan<(string, string)>)[("x-api-key", "api_key"), ("x-client-id", "client_id"), ("x-client-secret", "client_secret")])
                request.Headers.Add(header, client.GetProperty(field).GetString());
            using var answer = await cluster.Http.SendAsync(request);
            return new NodeAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync()).Is(HttpStatusCode.OK).GetProperty("authToken").GetString()!;
        }));

        foreach (var (gateway, token) in cluster.Gateways.Zip(tokens.Reverse()))
            (await SendAsync(gateway, HttpMethod.Get, "/v1/team", token)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_dashboard_is_for_operators_and_a_silo_serves_no_games()
    {
        await using var turn = await cluster.TakeAsync();
        var silo = cluster.Silos[0];
        await cluster.MakeBoardAsync("dashboard");
        var tenantKey = await cluster.MakeKeyAsync("""{"kind":"tenant","scopes":["leaderboards:read"]}""");

        foreach (var path in (string[])["/dashboard/", "/dashboard/DashboardCounters"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await cluster.SendAsync(silo, HttpMethod.Get, path, null, "none")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await cluster.SendAsync(silo, HttpMethod.Get, path, null, tenantKey)).Status);
            Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(silo, HttpMethod.Get, path)).Status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Address, "/dashboard/"));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"any:{RealCluster.AdminKey}")));
        using var asBrowser = await cluster.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, asBrowser.StatusCode);
        using var refused = await cluster.Http.GetAsync(new Uri(silo.Address, "/dashboard/"));
        Assert.Equal("Basic", Assert.Single(refused.Headers.WwwAuthenticate).Scheme);

        Assert.Equal(HttpStatusCode.NotFound, (await cluster.SendAsync(silo, HttpMethod.Get, "/tenants")).Status);
        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync(silo, HttpMethod.Get, "/metrics")).Status);
    }

    private async Task<HttpStatusCode> ListAsync(Node gateway, string key) =>
        (await cluster.SendAsync(gateway, HttpMethod.Get, "/tenants/acme/leaderboards", null, key)).Status;

    private async Task<NodeAnswer> SendAsync(Node gateway, HttpMethod method, string path, string bearer)
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway.Address, path));
        request.Headers.Authorization = new("Bearer", bearer);
        using var answer = await cluster.Http.SendAsync(request);
        return new NodeAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
