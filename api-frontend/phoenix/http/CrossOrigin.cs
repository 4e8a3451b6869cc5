using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Lets pages of other sites read with the keys that browsers may hold. Whether the origin is among a key's own was decided before;
/// a request that asks leave first shows no key yet and is told what any may do.
/// </summary>
internal static class CrossOrigin
{
    private const KeyKinds BrowserKinds = KeyKinds.Board | KeyKinds.Embed;

    /// <summary>Answers the request for leave.</summary>
    public static Task AnswerPreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = HttpMethods.Get;
        headers.AccessControlAllowHeaders = "X-API-Key, Authorization";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Marks the answer to an admitted request as readable for the page that sent it.</summary>
    public static void Allow(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count != 1 || (context.Features.GetRequiredFeature<Caller>().Kind & BrowserKinds) == 0)
            return;
        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.Vary = "Origin";
    }
}
