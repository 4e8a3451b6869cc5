using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/v1/leaderboards/{tenant_id}/{leaderboard_id}/events</c>: what the WebSocket tells, as server-sent events.</summary>
internal sealed class BoardStreamRoutes(LiveBoards boards, LiveServices services, FrontendMetrics metrics)
{
    /// <summary>Refuses, or tells until either side has enough.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (await TellAsync(context) is { } refusal)
            await refusal.WriteAsync(context);
    }

    private async Task<Reply?> TellAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var query = new QueryReader(context.Request.Query);
        var page = new SocketCommand(
            true,
            query.Whole("page", 1, 1, SocketCommand.LastPage),
            query.Whole("page_size", SocketCommand.UsualPageSize, 1, SocketCommand.LargestPageSize),
            null,
            null);
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var opening = await boards.OpenAsync(context.Features.GetRequiredFeature<Caller>(), key, null, page.Shape);
        if (opening.Viewer is not { } viewer)
            return SocketRoutes.Refuse(opening.Refusal, key);
        using (viewer)
        {
            Prepare(context);
            await new BoardStream(context, viewer, page, services, metrics).RunAsync();
        }

        return null;
    }

    private static void Prepare(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Slow readers are dropped by the stream itself, which says so.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
