using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary><c>GET /ping</c> and <c>GET /v1/token</c></summary>
internal sealed class ClientRoutes(IGrainPort port, TokenOffice tokens, PermitPools permits, RequestQuota quota, FrontendMetrics metrics)
{
    public async Task<TeamReply> PingAsync(HttpContext _)
    {
        var answer = await port.CallAsync(
            IDirectory.Key, static (IDirectory directory, CheckStore request) => directory.CheckStoreAsync(request), new CheckStore());
        return answer.Status == OutcomeStatus.Ok
            ? TeamReply.With(StatusCodes.Status200OK, new PingBody("OK"), LeaderboardApiJson.Shared.PingBody)
            : TeamReply.With(StatusCodes.Status500InternalServerError, new PingBody("NOT OK"), LeaderboardApiJson.Shared.PingBody);
    }

    public async Task<TeamReply> TokenAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var verdict = await tokens.VerifyClientAsync(Header(context, "x-api-key"), Header(context, "x-client-id"), Header(context, "x-client-secret"));
        if (verdict.Caller is not { } client)
            return verdict.Unavailable ? TeamReply.Error(StatusCodes.Status500InternalServerError) : TeamReply.Error(StatusCodes.Status401Unauthorized, "Invalid Credentials");

        var permit = await permits.TakeAsync(client);
        if (!permit.Granted)
            return Refuse(context, permit);
        quota.Count(client.Tenant!);
        return await tokens.IssueAsync(client) is { } token
            ? TeamReply.With(StatusCodes.Status200OK, new TokenBody(token), LeaderboardApiJson.Shared.TokenBody)
            : TeamReply.Error(StatusCodes.Status500InternalServerError);
    }

    private TeamReply Refuse(HttpContext context, Permit permit)
    {
        if (permit.RetryAfter is null)
            return TeamReply.Error(StatusCodes.Status500InternalServerError);
        metrics.RateLimited(RouteFamilies.LeaderboardApi.Name);
        context.Response.Headers.RetryAfter = permit.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TeamReply.Error(StatusCodes.Status429TooManyRequests);
    }

    private static string? Header(HttpContext context, string name) => context.Request.Headers[name] is { Count: 1 } values ? values[0] : null;
}
