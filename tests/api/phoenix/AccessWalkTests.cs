using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>
/// Walks every mapped route with every kind of key and with another tenant's. What is allowed stands here, written by hand: a route
/// that is missing here, or open to more than it says, fails.
/// </summary>
[Collection<PhoenixTests>]
public sealed class AccessWalkTests(PhoenixServer server)
{
    private const string Board = "/tenants/{tenant_id}/leaderboards/{leaderboard_id}";
    private const string Query = "/v1/leaderboards/{tenant_id}/{leaderboard_id}";
    private const string Snapshots = "/v1/snapshots/{tenant_id}/{leaderboard_id}";

    private static readonly string[] AllScopes =
        ["leaderboards:read", "leaderboards:write", "scores:write", "players:write", "keys:write", "events:write"];

    /// <summary>Route → kinds beside admin, and the scopes of which a tenant key needs one, or every one.</summary>
    private static readonly Dictionary<string, (string Kinds, string Scopes)> Allowed = new()
    {
        ["GET /nodes"] = ("", ""),
        ["GET /tenants"] = ("tenant", "leaderboards:read leaderboards:write"),
        ["POST /tenants"] = ("", ""),
        ["GET /tenants/{tenant_id}"] = ("tenant", "any"),
        ["PATCH /tenants/{tenant_id}"] = ("", ""),
        ["DELETE /tenants/{tenant_id}"] = ("", ""),
        ["GET /tenants/{tenant_id}/usage"] = ("tenant", "leaderboards:read leaderboards:write"),
        ["GET /tenants/{tenant_id}/limits"] = ("tenant", "keys:write"),
        ["GET /tenants/{tenant_id}/keys"] = ("tenant", "keys:write"),
        ["POST /tenants/{tenant_id}/keys"] = ("tenant", "keys:write"),
        ["DELETE /tenants/{tenant_id}/keys/{key_id}"] = ("tenant", "keys:write"),
        ["PUT /tenants/{tenant_id}/players/{user_id}"] = ("tenant", "players:write"),
        ["GET /tenants/{tenant_id}/players/{user_id}"] = ("tenant", "players:write"),
        ["DELETE /tenants/{tenant_id}/players/{user_id}"] = ("tenant", "players:write"),
        ["POST /tenants/{tenant_id}/players/bulk"] = ("tenant", "players:write"),
        ["GET /leaderboards"] = ("tenant", "leaderboards:read leaderboards:write"),
        ["GET /tenants/{tenant_id}/leaderboards"] = ("tenant", "leaderboards:read leaderboards:write"),
        ["POST /tenants/{tenant_id}/leaderboards"] = ("tenant", "leaderboards:write"),
        [$"GET {Board}"] = ("tenant", "leaderboards:read leaderboards:write"),
        [$"PATCH {Board}"] = ("tenant", "leaderboards:write"),
        [$"DELETE {Board}"] = ("tenant", "leaderboards:write"),
        [$"GET {Board}/seasons"] = ("tenant", "leaderboards:read leaderboards:write"),
        [$"POST {Board}/seasons"] = ("tenant", "leaderboards:write"),
        [$"POST {Board}/seasons/{{season_id}}/close"] = ("tenant", "leaderboards:write"),
        [$"POST {Board}/entries"] = ("tenant board", "scores:write"),
        [$"GET {Board}/entries/{{user_id}}"] = ("tenant", "leaderboards:read leaderboards:write"),
        [$"DELETE {Board}/entries/{{user_id}}"] = ("tenant", "scores:write"),
        [$"GET {Query}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Query}/user/{{user_id}}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Query}/rank/{{user_id}}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Query}/score/{{user_id}}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Query}/ws"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Query}/events"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Snapshots}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Snapshots}/{{window_key}}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        [$"GET {Snapshots}/{{window_key}}/user/{{user_id}}"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        ["POST /tenants/{tenant_id}/secret"] = ("tenant", "every"),
        ["POST /v1/events"] = ("tenant", "events:write"),
        ["POST /v1/events/bulk"] = ("tenant", "events:write"),
        ["POST /hubs/leaderboards/negotiate"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        ["GET /hubs/leaderboards"] = ("tenant board embed", "leaderboards:read leaderboards:write"),
        ["POST /leaderboard/scores"] = ("game not-admin", ""),
    };

    private static readonly string[] Public = ["/health", "/ready", "/metrics", "/openapi/{documentName}.json"];

    [Fact]
    public async Task Every_route_lets_in_whom_it_should_and_nobody_else()
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !Public.Contains("/" + endpoint.RoutePattern.RawText!.TrimStart('/')))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(
                method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"))
            .Where(route => !route.StartsWith($"OPTIONS {Query}", StringComparison.Ordinal) && !route.StartsWith($"OPTIONS {Snapshots}", StringComparison.Ordinal)
                && route != $"OPTIONS {Board}/entries"
                && !IsElsewhere(route))
            .ToList();
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));

        foreach (var route in routes)
            await WalkAsync(route);
    }

    /// <summary>Other dialects' routes have walks of their own.</summary>
    private static bool IsElsewhere(string route) =>
        new[] { " /api/v1/", " /ping", " /v1/token", " /v1/team", " /v1/leaderboard", " /v1/score" }.Any(path => route.Contains(path, StringComparison.Ordinal))
        && !route.Contains(" /v1/leaderboards", StringComparison.Ordinal);

    private async Task WalkAsync(string route)
    {
        var board = await server.MakeBoardAsync();
        var other = await server.MakeBoardAsync();
        (await server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", """{"leaderboard_id":"second"}""")).Is(201);
        var (kinds, scopes) = Allowed[route];
        var bound = route.Contains("{leaderboard_id}", StringComparison.Ordinal);
        var inTenant = route.Contains("{tenant_id}", StringComparison.Ordinal);
        var anonymous = route.StartsWith("POST /leaderboard/", StringComparison.Ordinal);

        foreach (var key in new[] { null, "nonsense", "lrl_admin_0123456789abcdefghij_0123456789abcdefghij0123456789abcdefghijXYZ" })
            await RefusedAsync(route, board, key, 401);
        foreach (var kind in new[] { "game", "board", "embed", "client" })
        {
            var key = await KeyAsync(board.Tenant, kind, "board");
            if (!kinds.Contains(kind, StringComparison.Ordinal))
                await RefusedAsync(route, board, key, anonymous ? 401 : 403);
            else
                await AdmittedAsync(route, board, key);
            if (kinds.Contains(kind, StringComparison.Ordinal) && bound)
            {
                await RefusedAsync(route, board, await KeyAsync(board.Tenant, kind, "second"), 403);
                await RefusedAsync(route, board, await KeyAsync(other.Tenant, kind, "board"), 403);
            }
        }

        foreach (var scope in AllScopes)
        {
            var key = await server.MakeKeyAsync(board.Tenant, $$""" "kind":"tenant","scopes":["{{scope}}"] """);
            if (kinds.Contains("tenant", StringComparison.Ordinal) && (scopes == "any" || scopes.Split(' ').Contains(scope)))
                await AdmittedAsync(route, board, key);
            else
                await RefusedAsync(route, board, key, anonymous ? 401 : 403);
        }

        var every = $$""" "kind":"tenant","scopes":[{{string.Join(',', AllScopes.Select(scope => $"\"{scope}\""))}}] """;
        if (scopes == "every")
            await AdmittedAsync(route, board, await server.MakeKeyAsync(board.Tenant, every));
        var foreign = await server.MakeKeyAsync(other.Tenant, every);
        if (inTenant)
            await RefusedAsync(route, board, foreign, 403);
        if (kinds.Contains("not-admin", StringComparison.Ordinal))
            await RefusedAsync(route, board, PhoenixServer.AdminKey, 401);
        else
            await AdmittedAsync(route, board, PhoenixServer.AdminKey);
    }

    private async Task<string> KeyAsync(string tenant, string kind, string board) =>
        await server.MakeKeyAsync(tenant, kind == "client" ? """ "kind":"client" """ : $$""" "kind":"{{kind}}","leaderboard_id":"{{board}}" """);

    private async Task RefusedAsync(string route, Board board, string? key, int status)
    {
        var answer = await SendAsync(route, board, key);
        Assert.True(
            answer.Status == status, $"{route} with {key ?? "no key"} was to answer {status} and answered {answer.Status}: {answer.Body}");
    }

    private async Task AdmittedAsync(string route, Board board, string key)
    {
        var answer = await SendAsync(route, board, key);
        Assert.True(answer.Status is < 500 and not (401 or 403), $"{route} with {key} answered {answer.Status}: {answer.Body}");
    }

    private async Task<ApiAnswer> SendAsync(string route, Board board, string? key)
    {
        var (method, pattern) = (route[..route.IndexOf(' ')], route[(route.IndexOf(' ') + 1)..]);
        var path = pattern.Replace("{tenant_id}", board.Tenant, StringComparison.Ordinal).Replace("{leaderboard_id}", board.Id, StringComparison.Ordinal)
            .Replace("{user_id}", "ada", StringComparison.Ordinal).Replace("{season_id}", "s", StringComparison.Ordinal)
            .Replace("{window_key}", "all_time", StringComparison.Ordinal)
            .Replace("{key_id}", "none", StringComparison.Ordinal);
        // A stream does not end by itself, but a page that is none is refused once the key is admitted.
        if (path.EndsWith("/events", StringComparison.Ordinal) && method == "GET")
            path += "?page=0";
        return await server.With(key).SendAsync(
            new HttpMethod(method), path, method is "GET" or "DELETE" ? null : new StringContent("{}", Encoding.UTF8, "application/json"));
    }
}
