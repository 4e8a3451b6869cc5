using System.Net;
using System.Text;
using System.Text.Json;

namespace Laurel.Standalone.Commands;

/// <summary>Makes a demo's tenant, board and key through the public API. What is there already stays as it is.</summary>
/// <param name="client">Has the server's address and an admin key.</param>
internal sealed class DemoSetup(HttpClient client)
{
    /// <summary>The tenant.</summary>
    public const string Tenant = "demo";

    /// <summary>The board: it keeps each player's best score, so that the same scores sent again change nothing.</summary>
    public const string Board = "goals";

    private const string KeyName = "demo";

    private static readonly string NewTenant = $$"""{"tenant_id":"{{Tenant}}","name":"Demo"}""";

    private static readonly string NewBoard = $$"""
        {"leaderboard_id":"{{Board}}","name":"Goals for men's national teams",
         "config":{"timeframe":{"type":"all_time"},"ranking":{"method":"score_desc"},"scoring":{"aggregation":"best"}
         }
        }
        """;

    private static readonly string NewKey = $$"""
        {"kind":"tenant","name":"{{KeyName}}","scopes":["leaderboards:write","scores:write","players:write"]}
        """;

    /// <summary>Makes the tenant and the board.</summary>
    /// <exception cref="HttpRequestException">The server refuses.</exception>
    public async Task MakeBoardAsync()
    {
        await CreateAsync("tenants", NewTenant);
        await CreateAsync($"tenants/{Tenant}/leaderboards", NewBoard);
    }

    /// <summary>Makes a tenant key and revokes those of former demos, whose texts nobody can find out.</summary>
    /// <returns>Its text.</returns>
    /// <exception cref="HttpRequestException">The server refuses.</exception>
    public async Task<string> RenewKeyAsync()
    {
        const string Keys = $"tenants/{Tenant}/keys";
        using var list = await client.GetFromJsonAsync<JsonDocument>($"{Keys}?limit=1000");
        foreach (var key in list!.RootElement.GetProperty("keys").EnumerateArray())
        {
            if (!key.TryGetProperty("name", out var name) || name.GetString() != KeyName)
                continue;
            using var revoked = await client.DeleteAsync($"{Keys}/{key.GetProperty("key_id").GetString()}");
            revoked.EnsureSuccessStatusCode();
        }

        using var answer = await PostAsync(Keys, NewKey);
        answer.EnsureSuccessStatusCode();
        using var made = await answer.Content.ReadFromJsonAsync<JsonDocument>();
        return made!.RootElement.GetProperty("api_key").GetString()!;
    }

    private async Task CreateAsync(string path, string body)
    {
        using var answer = await PostAsync(path, body);
        if (answer.StatusCode != HttpStatusCode.Conflict)
            answer.EnsureSuccessStatusCode();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
