using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Maps handlers with their descriptions.</summary>
internal static class HandlerMapping
{
    public static IEndpointConventionBuilder MapGet(this IEndpointRouteBuilder app, string pattern, Handler handler, RouteDoc doc) =>
        app.Map(HttpMethods.Get, pattern, handler, doc);

    public static IEndpointConventionBuilder MapPost(this IEndpointRouteBuilder app, string pattern, Handler handler, RouteDoc doc) =>
        app.Map(HttpMethods.Post, pattern, handler, doc);

    public static IEndpointConventionBuilder MapPut(this IEndpointRouteBuilder app, string pattern, Handler handler, RouteDoc doc) =>
        app.Map(HttpMethods.Put, pattern, handler, doc);

    public static IEndpointConventionBuilder MapPatch(this IEndpointRouteBuilder app, string pattern, Handler handler, RouteDoc doc) =>
        app.Map(HttpMethods.Patch, pattern, handler, doc);

    public static IEndpointConventionBuilder MapDelete(this IEndpointRouteBuilder app, string pattern, Handler handler, RouteDoc doc) =>
        app.Map(HttpMethods.Delete, pattern, handler, doc);

    private static IEndpointConventionBuilder Map(
        this IEndpointRouteBuilder app, string method, string pattern, Handler handler, RouteDoc doc) =>
        app.MapMethods(pattern, [method], context => AnswerAsync(context, handler)).Describe(doc);

    private static async Task AnswerAsync(HttpContext context, Handler handler)
    {
        var reply = RawPath.HasDotSegments(context)
            ? Reply.Invalid("The path must not have '.' or '..' as a segment, plain or percent-encoded")
            : await handler(context);
        await reply.WriteAsync(context);
    }
}
