using System.Net;
using System.Text;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>
/// Three silos and two gateways as processes, with a Redis and a PostgreSQL of their own. All journeys share the one cluster, one after
/// the other; each takes it whole, whatever the one before has killed, and keeps apart by the names of its boards.
/// </summary>
public sealed class RealCluster : IAsyncDisposable
{
    public const string AdminKey = "the-operators-key-of-the-cluster";

    private const int SiloCount = 3;
    private const int GatewayCount = 2;

    private volatile Node[] _inRotation = [];

    public PostgresServer Postgres { get; private set; } = null!;

    public RedisServer Redis { get; private set; } = null!;

    public Node[] Silos { get; private set; } = [];

    public Node[] Gateways { get; private set; } = [];

    /// <summary>Where a node can be put that is to be cut off; null where there is none, for the reason beside it.</summary>
    public Enclave? Enclave { get; private set; }

    /// <summary>Why there is no <see cref="Enclave"/>.</summary>
    public string? EnclaveAbsence { get; private set; } = Enclave.Absence;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>The gateways that requests are spread over.</summary>
    public IReadOnlyList<Node> InRotation => _inRotation;

    /// <summary>Waits until every node is there and ready. Skips the test where there is no PostgreSQL or Redis.</summary>
    /// <returns>To be disposed of at the test's end: shows what the nodes printed.</returns>
    public async Task<IAsyncDisposable> TakeAsync()
    {
        foreach (var (name, absence) in (ReadOnlySpan<(string, string?)>)[("postgres", PostgresServer.Absence), ("redis", RedisServer.Absence)])
        {
            var reason = Requirements.ReasonToSkip(name, absence);
            Assert.SkipWhen(reason is not null, reason ?? "");
        }

        if (Silos.Length == 0)
            await StartServersAsync();
        await Postgres.StartAgainAsync();
        await Redis.StartAgainAsync();
        // One makes the tables; the others then start at once.
        await Silos[0].MakeReadyAsync();
        await Task.WhenAll(Silos.Skip(1).Concat(Gateways).Select(static node => node.MakeReadyAsync()));
        // Those that the journey before has killed are given up by now.
        await Eventually.TrueAsync(
            async () =>
            {
                var nodes = await SendAsync(Silos[0], HttpMethod.Get, "/nodes");
                return nodes.Status == HttpStatusCode.OK
                    && nodes.Is(HttpStatusCode.OK).GetProperty("nodes").EnumerateArray().Count(static node => node.GetProperty("state").GetString() == "active") == SiloCount;
            },
            "the silos agree on who they are");
        _inRotation = [.. Gateways];
        return new Turn(this);
    }

    /// <summary>A node with grains and HTTP in the enclave, started and ready. Precondition: <see cref="Enclave"/>.</summary>
    public async Task<Node> AddWithinAsync()
    {
        var settings = Settings();
        settings["Laurel__Storage__ConnectionString"] = Patient(Postgres.ConnectionStringAt(Enclave!.StoreOutside));
        settings["Laurel__Cluster__Redis"] = Redis.ConnectionStringAt(Enclave.NodesOutside);
        settings["Laurel__Cluster__Address"] = Enclave.NodesWithin;
        var node = new Node("all", settings, Enclave);
        await node.RestartAsync();
        return node;
    }

    /// <summary>Spreads requests over the others alone.</summary>
    public void TakeOut(Node gateway) => _inRotation = [.. Gateways.Where(other => other != gateway)];

    /// <summary>Spreads requests over all again.</summary>
    public void TakeIn(Node gateway) => _inRotation = [.. _inRotation, gateway];

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
    public async Task<string> MakeKeyAsync(string body, string tenant = "acme") =>
        (await SendAsync(Gateways[0], HttpMethod.Post, $"/tenants/{tenant}/keys", body)).Is(HttpStatusCode.Created).GetProperty("api_key").GetString()!;

    /// <summary>Sends JSON to one node.</summary>
    public async Task<NodeAnswer> SendAsync(Node node, HttpMethod method, string path, string? body = null, string key = AdminKey)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Address, path));
        request.Headers.Add("X-API-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return new NodeAnswer(response.StatusCode, await response.Content.ReadAsStringAsync());
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
            await node.DisposeAsync();
        if (Redis is not null)
            await Redis.DisposeAsync();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
        if (Enclave is not null)
            await Enclave.DisposeAsync();
    }

    private async Task StartServersAsync()
    {
        try
        {
            Enclave = EnclaveAbsence is null ? await Enclave.MakeAsync() : null;
        }
        catch (InvalidOperationException error)
        {
            EnclaveAbsence = error.Message;
        }

        Redis ??= await RedisServer.StartAsync(Enclave?.NodesOutside);
        Postgres ??= await PostgresServer.StartAsync(Enclave?.StoreOutside);
        // Those who spread the requests here notice in a moment that a gateway stops; on a busy machine it is a long one.
        Gateways = [.. Enumerable.Range(0, GatewayCount).Select(_ => new Node("gateway", new Dictionary<string, string>(Settings()) { ["Laurel__Cluster__Drain"] = "00:00:05" }))];
        Silos = [.. Enumerable.Range(0, SiloCount).Select(_ => new Node("silo", Settings()))];
    }

    /// <summary>A busy machine may take its time to let a connection in.</summary>
    private static string Patient(string connection) => $"{connection};Timeout=120";

    private Dictionary<string, string> Settings() => new()
    {
        ["Laurel__AdminKey"] = AdminKey,
        ["Laurel__Storage__Provider"] = "postgres",
        ["Laurel__Storage__ConnectionString"] = Patient(Postgres.ConnectionString),
        ["Laurel__Cluster__Redis"] = Redis.ConnectionString,
        ["Laurel__Cluster__Address"] = Enclave?.NodesOutside ?? "127.0.0.1",
    };

    private sealed class Turn(RealCluster cluster) : IAsyncDisposable
    {
        private const int LinesShown = 20;

        public ValueTask DisposeAsync()
        {
            foreach (var node in cluster.Gateways.Concat(cluster.Silos))
                TestContext.Current.TestOutputHelper?.WriteLine($"--- {node}:\n{node.LastLines(LinesShown)}");
            return default;
        }
    }
}

/// <summary>The journeys that share the one cluster of processes.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterOfProcesses : ICollectionFixture<RealCluster>
{
    public const string Name = "cluster of processes";
}
