using System.Text;
using System.Text.Json;
using Laurel.Client;
using Laurel.Standalone;
using Laurel.Tests.Support;

[assembly: AssemblyFixture(typeof(Laurel.Sdk.Tests.SdkServer))]

namespace Laurel.Sdk.Tests;

/// <summary>The real standalone server on a free port, one for all tests; each makes boards and keys of its own in the tenant <c>acme</c>.</summary>
public sealed class SdkServer : IAsyncLifetime
{
    public const string Tenant = "acme";

    private const string AdminKey = "the-operators-key-of-the-clients-tests";

    private readonly TempDirectory _data = new();
    private StandaloneHost _host = null!;
    private HttpClient _admin = null!;
    private int _boards;

    /// <summary>Where it listens.</summary>
    public string Address => _host.Address;

    public async ValueTask InitializeAsync()
    {
        _host = await StandaloneHost.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--Laurel:DataDirectory={_data.Path}", $"--Laurel:AdminKey={AdminKey}", "--Logging:LogLevel:Default=None"]);
        _admin = new HttpClient { BaseAddress = new Uri(_host.Address) };
        _admin.DefaultRequestHeaders.Add("X-API-Key", AdminKey);
        await AskAsync(HttpMethod.Post, "/tenants", $$"""{"tenant_id":"{{Tenant}}"}""");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Makes a board and returns its id.</summary>
    /// <param name="config">The members of its config.</param>
    public async Task<string> MakeBoardAsync(string config = "\"scoring\":{\"aggregation\":\"sum\"}")
    {
        var board = $"board-{Interlocked.Increment(ref _boards)}";
        await AskAsync(HttpMethod.Post, $"/tenants/{Tenant}/leaderboards", $$"""{"leaderboard_id":"{{board}}","config":{ {{config}} } }""");
        return board;
    }

    /// <summary>Makes a tenant key that may submit and read.</summary>
    /// <param name="fields">Its other members, such as <c>"rate_limit":{…}</c>.</param>
    public Task<string> MakeKeyAsync(string fields = "\"name\":\"game\"") =>
        MakeKeyOfAsync($$""" "kind":"tenant","scopes":["scores:write","leaderboards:read"],{{fields}} """);

    /// <summary>Makes any key.</summary>
    /// <param name="fields">Its members.</param>
    public async Task<string> MakeKeyOfAsync(string fields) =>
        (await AskAsync(HttpMethod.Post, $"/tenants/{Tenant}/keys", $$"""{ {{fields}} }""")).GetProperty("api_key").GetString()!;

    /// <summary>A client of a board, with a key that may submit and read.</summary>
    public async Task<LaurelClient> ClientAsync(string board) => new(Address, Tenant, board, await MakeKeyAsync());

    /// <summary>Asks as the operator; anything but a success fails.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _admin.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>All standings of a board: each user's score.</summary>
    public async Task<Dictionary<string, double>> StandingsAsync(string board)
    {
        var page = await AskAsync(HttpMethod.Get, $"/v1/leaderboards/{Tenant}/{board}?limit=1000");
        return page.GetProperty("entries").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("user_id").GetString()!, entry => entry.GetProperty("score").GetDouble());
    }
}
