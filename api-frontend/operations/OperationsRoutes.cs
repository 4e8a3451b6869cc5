using Laurel.ApiFrontend.Phoenix;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Laurel.ApiFrontend;

/// <summary>
/// What operators ask: <c>/health</c> (the process is alive), <c>/ready</c> (it can serve, if only reads, and is not stopping),
/// <c>/metrics</c>, <c>/openapi/v1.json</c> and <c>/docs</c>. None of these needs a key; keep <c>/metrics</c> from the public at the proxy.
/// <c>/nodes</c> needs an admin key.
/// </summary>
internal static class OperationsRoutes
{
    private static readonly string[] Probes = [HttpMethods.Get, HttpMethods.Head];

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health", Probes, WriteHealthAsync).Describe(OperationsDocs.Health);
        routes.MapMethods("/health", [HttpMethods.Options], CrossOrigin.PreflightOf(HttpMethods.Get));
        routes.MapMethods("/ready", Probes, CheckReadyAsync).Describe(OperationsDocs.Ready);

        var collector = routes.ServiceProvider.GetRequiredService<MetricsCollector>();
        routes.MapMethods("/metrics", Probes, context => WriteMetricsAsync(context, collector)).Describe(OperationsDocs.Metrics);
        routes.MapGet("/nodes", WriteNodesAsync).AdmitOperators().Describe(OperationsDocs.Nodes);
        routes.MapOpenApi("/openapi/{documentName}.json");
    }

    private static Task WriteHealthAsync(HttpContext context)
    {
        // Games on any site ask whether they have a connection, also where pages must be allowed to embed what they load.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return WriteStatusAsync(context, StatusCodes.Status200OK, "alive");
    }

    private static async Task CheckReadyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
        var ready = stopping ? ReadyState.No : await services.GetRequiredService<Readiness>().AskAsync();
        await WriteStatusAsync(
            context,
            ready == ReadyState.No ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
            ready == ReadyState.Ready ? "ready" : stopping ? "stopping" : "storage does not answer");
    }

    private static Task WriteStatusAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = JsonContent.ResponseType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($$"""{"status":"{{text}}"}""");
    }

    private static async Task WriteNodesAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var reply = await context.RequestServices.GetRequiredService<INodes>().ListAsync() is { } nodes
            ? Reply.Ok(NodeListBody.Of(nodes), PhoenixJson.Shared.NodeListBody)
            : Reply.Unavailable;
        await reply.WriteAsync(context);
    }

    private static Task WriteMetricsAsync(HttpContext context, MetricsCollector collector)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(PrometheusText.Write(collector.Collect()));
    }
}
