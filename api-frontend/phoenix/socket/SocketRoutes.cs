using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/v1/leaderboards/{tenant_id}/{leaderboard_id}/ws</c></summary>
internal sealed class SocketRoutes(LiveBoards boards, PermitPools permits, LiveServices services, FrontendMetrics metrics)
{
    /// <summary>Refuses, or serves the socket until it ends.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var caller = context.Features.GetRequiredFeature<Caller>();
        var refusal = await ServeAsync(context, caller);
        if (refusal is not null)
            await refusal.WriteAsync(context);
    }

    private async Task<Reply?> ServeAsync(HttpContext context, Caller caller)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Reply.Invalid("This path takes WebSockets alone: Upgrade: websocket");
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);

        var opening = await boards.OpenAsync(caller, key, null, SocketCommand.First.Shape);
        if (opening.Viewer is not { } viewer)
            return Refuse(opening.Refusal, key);

        using var socket = await AcceptAsync(context, viewer);
        await using var session = new SocketSession(socket, viewer, boards, permits, services, metrics);
        await session.RunAsync(context.RequestAborted);
        return null;
    }

    private static async Task<System.Net.WebSockets.WebSocket> AcceptAsync(HttpContext context, LiveViewer viewer)
    {
        try
        {
            return await context.WebSockets.AcceptWebSocketAsync();
        }
        catch
        {
            viewer.Dispose();
            throw;
        }
    }

    /// <summary>What is answered instead of following a board.</summary>
    public static Reply Refuse(LiveRefusal refusal, LeaderboardKey key) => refusal switch
    {
        LiveRefusal.NotFound => SeasonReader.NoWindow(key, null),
        LiveRefusal.Archived => SeasonReader.Archived(key),
        LiveRefusal.Full => Reply.Error(StatusCodes.Status429TooManyRequests, "There are as many viewers as this server takes"),
        _ => Reply.Unavailable,
    };
}
