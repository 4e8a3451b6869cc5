using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

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
            await new BoardStream(context, viewer, page, new EventStreamWriter(context, viewer, services, metrics)).RunAsync();

        return null;
    }
}
