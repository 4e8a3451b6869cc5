using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Laurel.Bench.Macro;

/// <summary>Sets a server up for a run, through its public API.</summary>
internal sealed class LaurelAdmin : IDisposable
{
    /// <summary>The tenant of the run.</summary>
    public const string Tenant = "bench";

    /// <summary>
    /// Every submission changes its entry and has to be journaled: a board that keeps the best would answer most random scores with
    /// "unchanged" and look faster than it is.
    /// </summary>
    public const string EveryScoreCounts = """
        {"timeframe":{"type":"all_time"},"scoring":{"aggregation":"last"},"ranking":{"method":"score_desc","size":1000000},"submission":{"registry":"strict"}}
        """;

    /// <summary>The same, and whoever submits may stand on it.</summary>
    public const string OpenBoard = """
        {"timeframe":{"type":"all_time"},"scoring":{"aggregation":"last"},"ranking":{"method":"score_desc","size":1000000}}
        """;

    private const string Unlimited = """{"requests":10000000,"seconds":60}""";

    private readonly HttpClient _client;

    /// <param name="address">The server's, with a slash at its end.</param>
    /// <param name="key">An admin key.</param>
    public LaurelAdmin(Uri address, string key)
    {
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(120) };
        _client.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    /// <summary>Makes the tenant.</summary>
    public Task CreateTenantAsync(CancellationToken cancellation) =>
        PostAsync("tenants", $$"""{"tenant_id":"{{Tenant}}","name":"Benchmark"}""", cancellation);

    /// <summary>Makes the tenant unless it is there.</summary>
    public async Task EnsureTenantAsync(CancellationToken cancellation)
    {
        using var known = await _client.GetAsync($"tenants/{Tenant}", cancellation);
        if (!known.IsSuccessStatusCode)
            await CreateTenantAsync(cancellation);
    }

    /// <summary>Makes a board.</summary>
    public Task CreateBoardAsync(string board, string config, CancellationToken cancellation) =>
        PostAsync($"tenants/{Tenant}/leaderboards", $$"""{"leaderboard_id":"{{board}}","name":"{{board}}","config":{{config}}}""", cancellation);

    /// <summary>Makes a key that submits to a board, with a rate limit out of reach.</summary>
    public Task<string> CreateGameKeyAsync(string board, CancellationToken cancellation) =>
        CreateKeyAsync($$"""{"kind":"game","leaderboard_id":"{{board}}","rate_limit":{{Unlimited}}}""", cancellation);

    /// <summary>Makes a key that reads, with a rate limit out of reach.</summary>
    public Task<string> CreateReadKeyAsync(CancellationToken cancellation) =>
        CreateKeyAsync($$"""{"kind":"tenant","scopes":["leaderboards:read"],"rate_limit":{{Unlimited}}}""", cancellation);

    /// <summary>Makes a key that sends events, with a rate limit out of reach.</summary>
    public Task<string> CreateEventKeyAsync(CancellationToken cancellation) =>
        CreateKeyAsync($$"""{"kind":"tenant","scopes":["events:write"],"rate_limit":{{Unlimited}}}""", cancellation);

    /// <summary>Makes a key that watches a board, with a rate limit out of reach.</summary>
    public Task<string> CreateEmbedKeyAsync(string board, CancellationToken cancellation) =>
        CreateKeyAsync($$"""{"kind":"embed","leaderboard_id":"{{board}}","rate_limit":{{Unlimited}}}""", cancellation);

    /// <summary>Makes a key that submits entries, with a rate limit out of reach.</summary>
    public Task<string> CreateWriteKeyAsync(CancellationToken cancellation) =>
        CreateKeyAsync($$"""{"kind":"tenant","scopes":["scores:write"],"rate_limit":{{Unlimited}}}""", cancellation);

    /// <summary>Opens a season of a manual board.</summary>
    public Task OpenSeasonAsync(string board, string season, CancellationToken cancellation) =>
        PostAsync($"tenants/{Tenant}/leaderboards/{board}/seasons", $$"""{"season_id":"{{season}}"}""", cancellation);

    /// <summary>Closes a season of a manual board.</summary>
    public Task CloseSeasonAsync(string board, string season, CancellationToken cancellation) =>
        PostAsync($"tenants/{Tenant}/leaderboards/{board}/seasons/{season}/close", "{}", cancellation);

    /// <summary>Whether a window's final standings are written.</summary>
    public async Task<bool> IsFinalAsync(string board, string window, CancellationToken cancellation)
    {
        using var page = await _client.GetFromJsonAsync<JsonDocument>($"v1/snapshots/{Tenant}/{board}/{window}?limit=1", cancellation);
        return page!.RootElement.GetProperty("final").GetBoolean();
    }

    /// <summary>Whether a player stands on a board.</summary>
    public async Task<bool> HasEntryAsync(string board, string userId, CancellationToken cancellation)
    {
        using var answer = await _client.GetAsync($"v1/leaderboards/{Tenant}/{board}/rank/{Uri.EscapeDataString(userId)}", cancellation);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Puts entries on a board.</summary>
    public Task SubmitAsync(string board, IEnumerable<(string UserId, int Score)> entries, CancellationToken cancellation)
    {
        var items = entries.Select(static entry => $$"""{"user_id":"{{entry.UserId}}","score":{{entry.Score}}}""");
        return PostAsync($"tenants/{Tenant}/leaderboards/{board}/entries", $$"""{"entries":[{{string.Join(',', items)}}]}""", cancellation);
    }

    /// <summary>Registers players through the streamed bulk route.</summary>
    public async Task RegisterAsync(int first, int count, CancellationToken cancellation)
    {
        var lines = new StringBuilder();
        for (var subject = first; subject < first + count; subject++)
            lines.Append($$"""{"user_id":"{{ScoreRequest.SubjectId(subject)}}","name":"Player {{subject}}"}""").Append('\n');
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        using var answer = await SendAsync($"tenants/{Tenant}/players/bulk", content, cancellation);
    }

    /// <summary>Reads the first page.</summary>
    /// <returns>How many entries the board lists.</returns>
    public async Task<long> ReadFirstPageAsync(string board, CancellationToken cancellation)
    {
        using var page = await _client.GetFromJsonAsync<JsonDocument>(PagePath(board), cancellation);
        return page!.RootElement.GetProperty("total").GetInt64();
    }

    /// <summary>The first places, in order.</summary>
    public async Task<IReadOnlyList<(string UserId, double Score)>> ReadPlacesAsync(string board, int places, CancellationToken cancellation)
    {
        using var page = await _client.GetFromJsonAsync<JsonDocument>($"v1/leaderboards/{Tenant}/{board}?limit={places}", cancellation);
        return [.. page!.RootElement.GetProperty("entries").EnumerateArray().Select(static entry => (entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble()))];
    }

    /// <summary>The path of the first page of 100 entries.</summary>
    public static string PagePath(string board) => $"/v1/leaderboards/{Tenant}/{board}?limit=100";

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<string> CreateKeyAsync(string body, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await SendAsync($"tenants/{Tenant}/keys", content, cancellation);
        using var made = await answer.Content.ReadFromJsonAsync<JsonDocument>(cancellation);
        return made!.RootElement.GetProperty("api_key").GetString()!;
    }

    private async Task PostAsync(string path, string body, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await SendAsync(path, content, cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent content, CancellationToken cancellation)
    {
        var answer = await _client.PostAsync(path, content, cancellation);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
