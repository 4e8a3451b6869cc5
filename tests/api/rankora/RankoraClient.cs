using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>A board of a tenant of its own with its board key, and what a game does with it.</summary>
internal sealed class RankoraClient(PhoenixServer server, string tenant, string key)
{
    private const string Api = "/api/v1/leaderboard/entries";

    public PhoenixServer Server => server;

    public string Tenant => tenant;

    public string Key => key;

    public static async Task<RankoraClient> MakeAsync(PhoenixServer server, string plan = "pro", string fields = "\"preset\":\"rankora\"")
    {
        var tenant = await server.MakeTenantAsync();
        (await server.Admin.PatchAsync($"/tenants/{tenant}", $$"""{"plan":"{{plan}}"}""")).Is(200);
        (await server.Admin.PostAsync($"/tenants/{tenant}/leaderboards", $$"""{"leaderboard_id":"board","name":"Rankora Leaderboard 1",{{fields}}}""")).Is(201);
        return new RankoraClient(server, tenant, await server.MakeKeyAsync(tenant, "\"kind\":\"board\",\"leaderboard_id\":\"board\""));
    }

    public async Task<RankoraAnswer> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await server.Http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new RankoraAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), all);
    }

    public Task<RankoraAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<RankoraAnswer> PostAsync(string body) => SendAsync(HttpMethod.Post, Api, body);

    public Task<RankoraAnswer> ListAsync(string query = "") => GetAsync(Api + query);

    public Task<RankoraAnswer> RemoveAsync(string player) => SendAsync(HttpMethod.Delete, $"{Api}/{player}");

    public Task<RankoraAnswer> EntryAsync(string player) => GetAsync($"{Api}/{player}");

    /// <summary>Submits a score, of a new player when there is no id, and returns the player's id.</summary>
    public async Task<string> SubmitAsync(string name, double score, string? player = null) =>
        (await PostAsync(FormattableString.Invariant($$"""{"name":"{{name}}","score":{{score}},"player_id":"{{player}}"}"""))).Is(200).Json.GetProperty("player_id").GetString()!;

    /// <summary>The same board with another key.</summary>
    public RankoraClient With(string other) => new(server, tenant, other);

    public Task<EventStreamClient> FollowAsync(string query = "", string? lastId = null) => EventStreamClient.OpenAsync(server, $"/api/v1/realtime{query}", key, lastId);
}

/// <summary>An answer of this family.</summary>
internal sealed record RankoraAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public RankoraAnswer Is(int status)
    {
        Assert.True(Status == status, $"It was to answer {status} and answered {Status}: {Body}");
        return this;
    }

    /// <summary>Itself, when it is this family's error.</summary>
    public RankoraAnswer IsError(int status, string? message = null)
    {
        Is(status);
        Assert.Equal(["success", "error"], Json.EnumerateObject().Select(static field => field.Name));
        Assert.False(Json.GetProperty("success").GetBoolean());
        if (message is not null)
            Assert.Equal(message, Json.GetProperty("error").GetString());
        return this;
    }
}
