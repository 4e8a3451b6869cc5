using System.Net;
using System.Text;
using System.Text.Json;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>Silos and gateways as processes, with a Redis and a PostgreSQL of their own.</summary>
internal sealed class RealCluster : IAsyncDisposable
{
    /// <summary>The collection of those who start clusters: two at once would take each other's time for lost nodes.</summary>
    public const string OneAtATime = "clusters of processes";

    public const string AdminKey = "the-operators-key-of-the-cluster";

    /// <summary>How much of each node's output a failed test shows.</summary>
    private const int LinesShown = 20;

    private volatile Node[] _inRotation = [];

    private RealCluster(PostgresServer postgres, RedisServer redis) => (Postgres, Redis) = (postgres, redis);

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    public List<Node> Silos { get; } = [];

    public List<Node> Gateways { get; } = [];

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Settings of all nodes.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["Laurel__AdminKey"] = AdminKey };

    /// <summary>Skips the test where there is no PostgreSQL or Redis.</summary>
    public static async Task<RealCluster> StartAsync(int silos, int gateways, params (string Name, string Value)[] settings)
    {
        foreach (var (name, absence) in (ReadOnlySpan<(string, string?)>)[("postgres", PostgresServer.Absence), ("redis", RedisServer.Absence)])
        {
            var reason = Requirements.ReasonToSkip(name, absence);
            Assert.SkipWhen(reason is not null, reason ?? "");
        }

        var cluster = new RealCluster(await PostgresServer.StartAsync(), await RedisServer.StartAsync());
        try
        {
            cluster.Settings["Laurel__Storage__Provider"] = "postgres";
            cluster.Settings["Laurel__Storage__ConnectionString"] = cluster.Postgres.ConnectionString;
            cluster.Settings["Laurel__Cluster__Redis"] = cluster.Redis.ConnectionString;
            foreach (var (name, value) in settings)
                cluster.Settings[name] = value;
            for (var i = 0; i < silos; i++)
                await cluster.AddSiloAsync();
            for (var i = 0; i < gateways; i++)
                cluster.Gateways.Add(await Node.StartAsync("gateway", cluster.Settings));
            cluster._inRotation = [.. cluster.Gateways];
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The gateways that requests are spread over.</summary>
    public IReadOnlyList<Node> InRotation => _inRotation;

    /// <summary>Spreads requests over the others alone.</summary>
    public void TakeOut(Node gateway) => _inRotation = [.. Gateways.Where(other => other != gateway)];

    /// <summary>Spreads requests over all again.</summary>
    public void TakeIn(Node gateway) => _inRotation = [.. _inRotation, gateway];

    public async Task<Node> AddSiloAsync()
    {
        var silo = await Node.StartAsync("silo", Settings);
        Silos.Add(silo);
        return silo;
    }

    /// <summary>The other host on the same database, to compare with.</summary>
    public Task<Node> StartStandaloneAsync() => Node.StartAsync(Node.Standalone, Settings);

    /// <summary>Makes tenant <c>acme</c> unless it is there, a board whose scores add up, and a key of the tenant with a high limit.</summary>
    public async Task<string> MakeBoardAsync(string board)
    {
        await SendAsync(Gateways[0], HttpMethod.Post, "/tenants", """{"tenant_id":"acme"}""");
        (await SendAsync(
            Gateways[0], HttpMethod.Post, "/tenants/acme/leaderboards",
            $$$"""{"leaderboard_id":"{{{board}}}","config":{"scoring":{"aggregation":"sum"},"ranking":{"size":100000} } }""")).Is(HttpStatusCode.Created);
        return await MakeKeyAsync("""{"kind":"tenant","scopes":["scores:write"],"rate_limit":{"requests":1000000,"seconds":60} }""");
    }

    /// <summary>Makes a key of the tenant, and returns its text.</summary>
    public async Task<string> MakeKeyAsync(string body) =>
        (await SendAsync(Gateways[0], HttpMethod.Post, "/tenants/acme/keys", body)).Is(HttpStatusCode.Created).GetProperty("api_key").GetString()!;

    /// <summary>Sends JSON to one node.</summary>
    public async Task<Answer> SendAsync(Node node, HttpMethod method, string path, string? body = null, string key = AdminKey)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Address, path));
        request.Headers.Add("X-API-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>All standings of a board in rank order, as one gateway shows them; fails when a rank is not its place.</summary>
    public async Task<List<(string User, double Score)>> StandingsAsync(Node gateway, string board)
    {
        List<(string, double)> standings = [];
        while (true)
        {
            var page = (await SendAsync(gateway, HttpMethod.Get, $"/v1/leaderboards/acme/{board}?limit=1000&offset={standings.Count}")).Is(HttpStatusCode.OK);
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                standings.Add((entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble()));
                Assert.Equal(standings.Count, entry.GetProperty("rank").GetInt32());
            }

            if (standings.Count >= page.GetProperty("total").GetInt32())
                return standings;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var node in Gateways.Concat(Silos))
        {
            await node.DisposeAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"--- {node}:\n{node.LastLines(LinesShown)}");
        }

        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    /// <summary>What a node answered.</summary>
    internal sealed record Answer(HttpStatusCode Status, string Body)
    {
        /// <summary>The body, when the status is the expected one.</summary>
        public JsonElement Is(HttpStatusCode expected)
        {
            Assert.True(Status == expected, $"{(int)Status} {Body}");
            return JsonDocument.Parse(Body).RootElement;
        }
    }
}
