using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.LeaderboardApi;

/// <summary>A studio with a client key, and what its backend does.</summary>
internal sealed class TeamClient(PhoenixServer server, string tenant, JsonElement key, string? token)
{
    public string Tenant => tenant;

    /// <summary>The key as it was made, with id and secrets.</summary>
    public JsonElement Key => key;

    public string? Token => token;

    public static async Task<TeamClient> MakeAsync(PhoenixServer server)
    {
        var tenant = await server.MakeTenantAsync();
        var key = (await server.Admin.PostAsync($"/tenants/{tenant}/keys", """{"kind":"client"}""")).Is(201).Json;
        var stranger = new TeamClient(server, tenant, key, null);
        var token = (await stranger.TokenAsync()).Is(200).Json.GetProperty("authToken").GetString();
        return new TeamClient(server, tenant, key, token);
    }

    public TeamClient With(string? other) => new(server, tenant, key, other);

    public Task<TeamAnswer> TokenAsync(string? apiKey = null, string? clientId = null, string? clientSecret = null) => SendAsync(
        HttpMethod.Get,
        "/v1/token",
        null,
        ("x-api-key", apiKey ?? key.GetProperty("api_key").GetString()!),
        ("x-client-id", clientId ?? key.GetProperty("client_id").GetString()!),
        ("x-client-secret", clientSecret ?? key.GetProperty("client_secret").GetString()!));

    public async Task<TeamAnswer> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await server.Http.SendAsync(request);
        return new TeamAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.CacheControl?.ToString());
    }

    public Task<TeamAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<TeamAnswer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Makes a team and returns its id.</summary>
    public async Task<string> MakeTeamAsync(string name) =>
        (await PostAsync("/v1/team", $$"""{"teamName":"{{name}}"}""")).Is(201).Json.GetProperty("id").GetString()!;

    /// <summary>Makes a board and returns its id.</summary>
    public async Task<string> MakeBoardAsync(params string[] teams) =>
        (await PostAsync("/v1/leaderboard", $$"""{"name":"leaderboard name","teams":[{{string.Join(',', teams.Select(team => $"\"{team}\""))}}]}"""))
        .Is(201).Json.GetProperty("id").GetString()!;

    /// <summary>The board's teams: rank, name and score.</summary>
    public async Task<string> ShowAsync(string board) => string.Join(
        ", ",
        (await GetAsync($"/v1/leaderboard/{board}")).Is(200).Json.GetProperty("teams").EnumerateArray()
            .Select(team => $"{team.GetProperty("rank").GetInt32()} {team.GetProperty("teamName").GetString()} {team.GetProperty("score").GetRawText()}"));
}

/// <summary>An answer of this family.</summary>
internal sealed record TeamAnswer(int Status, string Body, string? CacheControl)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public TeamAnswer Is(int status, string? body = null)
    {
        Assert.True(Status == status, $"It was to answer {status} and answered {Status}: {Body}");
        if (body is not null)
            Assert.Equal(body, Body);
        return this;
    }

    /// <summary>Itself, when it is this family's error.</summary>
    public TeamAnswer IsError(int status, string? message = null)
    {
        Is(status);
        Assert.Equal(["message"], Json.EnumerateObject().Select(static field => field.Name));
        if (message is not null)
            Assert.Equal(message, Json.GetProperty("message").GetString());
        return this;
    }
}
