using System.Net.Http.Json;
using System.Text.Json;
using Laurel.Standalone;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Commands;

/// <summary>The standalone server in this process on a directory of its own, with a tenant <c>acme</c>. It can be stopped and started again.</summary>
internal sealed class ImportServer : IAsyncDisposable
{
    public const string Tenant = "acme";

    private const string AdminKey = "an-admin-key-of-the-tests";

    private readonly TempDirectory _directory = new();
    private StandaloneHost? _host;
    private HttpClient? _admin;

    /// <summary>Where it listens, or did when it was stopped.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    /// <summary>A place for a test's files.</summary>
    public string Files { get; private set; } = "";

    public static async Task<ImportServer> StartAsync()
    {
        var server = new ImportServer();
        server.Files = Directory.CreateDirectory(Path.Combine(server._directory, "files")).FullName;
        await server.ResumeAsync();
        await server.CreateAsync("tenants", $$"""{"tenant_id":"{{Tenant}}"}""");
        return server;
    }

    public async Task StopAsync()
    {
        await _host!.DisposeAsync();
        _admin!.Dispose();
        _host = null;
    }

    /// <summary>Starts it on the same data, at the same address if it had one.</summary>
    public async Task ResumeAsync()
    {
        _host = await StandaloneHost.StartAsync(
            [
                "--urls", Address, $"--Laurel:DataDirectory={Path.Combine(_directory, "data")}", $"--Laurel:AdminKey={AdminKey}",
                "--Logging:LogLevel:Default=None",
            ]);
        Address = _host.Address;
        _admin = new HttpClient { BaseAddress = new Uri(Address + "/") };
        _admin.DefaultRequestHeaders.Add("X-API-Key", AdminKey);
    }

    /// <summary>Makes a board.</summary>
    /// <param name="board">Its id.</param>
    /// <param name="aggregation">What a second score does.</param>
    /// <param name="registry"><c>open</c> or <c>strict</c>.</param>
    public Task CreateBoardAsync(string board, string aggregation = "sum", string registry = "open") => CreateAsync(
        $"tenants/{Tenant}/leaderboards",
        $$"""
        {
          "leaderboard_id": "{{board}}",
          "config": {
            "scoring": { "aggregation": "{{aggregation}}" },
            "ranking": { "size": 1000000 },
            "submission": { "registry": "{{registry}}" }
          }
        }
        """);

    /// <summary>Makes a tenant key and returns its text.</summary>
    public async Task<string> CreateTenantKeyAsync(string scopes = "\"scores:write\",\"players:write\"") =>
        KeyOf(await CreateAsync($"tenants/{Tenant}/keys", $$"""{"kind":"tenant","scopes":[{{scopes}}]}"""));

    /// <summary>Makes a game key of a board and returns its text.</summary>
    public async Task<string> CreateGameKeyAsync(string board, int requests = 1000, int seconds = 60) => KeyOf(await CreateAsync(
        $"tenants/{Tenant}/keys", $$$"""{"kind":"game","leaderboard_id":"{{{board}}}","rate_limit":{"requests":{{{requests}}},"seconds":{{{seconds}}}}}"""));

    /// <summary>All that stand on a board: user and score, in the order of their ranks.</summary>
    public async Task<List<(string User, double Score)>> StandingsAsync(string board, string tenant = Tenant)
    {
        List<(string, double)> standings = [];
        while (true)
        {
            using var page = await _admin!.GetFromJsonAsync<JsonDocument>($"v1/leaderboards/{tenant}/{board}?limit=1000&offset={standings.Count}");
            var entries = page!.RootElement.GetProperty("entries");
            if (entries.GetArrayLength() == 0)
                return standings;
            foreach (var entry in entries.EnumerateArray())
                standings.Add((entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble()));
        }
    }

    /// <summary>One entry of a board.</summary>
    public async Task<JsonElement> EntryAsync(string board, string user)
    {
        using var entry = await _admin!.GetFromJsonAsync<JsonDocument>($"tenants/{Tenant}/leaderboards/{board}/entries/{Uri.EscapeDataString(user)}");
        return entry!.RootElement.Clone();
    }

    /// <summary>Writes a file for an import and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Files, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await StopAsync();
        _directory.Dispose();
    }

    private async Task<JsonElement> CreateAsync(string path, string body)
    {
        using var answer = await _admin!.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 201, text);
        using var made = JsonDocument.Parse(text);
        return made.RootElement.Clone();
    }

    private static string KeyOf(JsonElement made) => made.GetProperty("api_key").GetString()!;
}
