using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Lets pages of other sites use the routes that take keys which browsers may hold. Whether the origin is among a key's own stands with
/// the key; a request that asks leave first shows no key yet and is told what any may do.
/// </summary>
internal static class CrossOrigin
{
    private const KeyKinds BrowserKinds = KeyKinds.Board | KeyKinds.Embed;

    /// <summary>Answers the request for leave to a route of one method.</summary>
    public static RequestDelegate PreflightOf(string method) => context =>
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = method;
        headers.AccessControlAllowHeaders = "X-API-Key, Authorization, Content-Type, Last-Event-ID";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    /// <summary>Marks the answer to a known key, refusals too, as readable for the page that sent it.</summary>
    public static void Allow(HttpContext context, Caller caller)
    {
        if ((caller.Kind & BrowserKinds) != 0 && OriginOf(context.Request) is { } origin && caller.AllowsOrigin(origin))
            Mark(context.Response.Headers, origin);
    }

    /// <summary>The origin that a browser sends, to be repeated in the answer; null when there is none, or what no browser sends and no header can hold.</summary>
    public static string? OriginOf(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && !origin.AsSpan().ContainsAnyExceptInRange('!', '~') ? origin : null;

    /// <summary>Lets a page read that its key is not known: all it could tell apart otherwise is that something failed.</summary>
    public static void AllowStranger(HttpContext context, AccessRule rule)
    {
        if ((rule.Kinds & BrowserKinds) != 0 && context.Request.Headers.Origin.Count == 1)
            Mark(context.Response.Headers, "*");
    }

    private static void Mark(IHeaderDictionary headers, string origin)
    {
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "Retry-After";
        headers.Vary = "Origin";
    }
}
