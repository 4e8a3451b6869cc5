using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Rankora;

/// <summary><c>GET /api/v1/realtime</c> and <c>POST /api/v1/realtime/ticket</c></summary>
internal sealed class RealtimeRoutes(
    LiveBoards boards, RankoraBoards rankora, TenantPlans plans, TicketOffice tickets, LiveServices services, FrontendMetrics metrics)
{
    /// <summary>Makes a ticket.</summary>
    public async Task<RankoraReply> IssueAsync(HttpContext context)
    {
        var caller = context.Features.GetRequiredFeature<Caller>();
        if (await FindForbiddenAsync(caller) is { } forbidden)
            return forbidden;
        return await tickets.IssueAsync(caller) is { } ticket
            ? RankoraReply.Ok(new TicketBody(true, ticket, TicketOffice.Seconds), RankoraJson.Shared.TicketBody)
            : RankoraReply.Error(StatusCodes.Status500InternalServerError);
    }

    /// <summary>Refuses, or tells until either side has enough.</summary>
    public async Task StreamAsync(HttpContext context)
    {
        var refused = context.Features.Get<TicketUse>() is { } ticket
            ? await tickets.HoldAsync(ticket, () => StreamAsync(context, ticket))
            : await StreamAsync(context, null);
        if (refused is { } refusal)
            await refusal.WriteAsync(context);
    }

    private async Task<RankoraReply?> StreamAsync(HttpContext context, TicketUse? ticket)
    {
        var caller = context.Features.GetRequiredFeature<Caller>();
        if (await FindForbiddenAsync(caller) is { } forbidden)
            return forbidden;
        if (!PageQuery.TryRead(context.Request.Query, out var page, out var mistake))
            return RankoraReply.Invalid(mistake!);
        var board = await rankora.FindAsync(caller);
        if (board.Refusal is { } refusal)
            return refusal;

        var shape = page.ToShape(board.IsAscending);
        if (page.PlayerId is { } player)
            shape = new LiveShape(0, 0, shape.FromEnd, player);
        var opening = await boards.OpenAsync(caller, board.Board, null, shape);
        if (opening.Viewer is not { } viewer)
            return Refuse(opening.Refusal);

        using (viewer)
        {
            var plan = await plans.OfAsync(caller.Tenant!);
            var writer = new EventStreamWriter(context, viewer, services, metrics);
            await new StreamSession(context, viewer, new EventStream(ticket?.Stream), page, writer, services.Clock).RunAsync(plan?.Name ?? "enterprise");
        }

        return null;
    }

    private async ValueTask<RankoraReply?> FindForbiddenAsync(Caller caller)
    {
        if (await plans.OfAsync(caller.Tenant!) is not { Terms.Realtime: false } plan)
            return null;
        var needed = plans.Options.NameFor(static terms => terms.Realtime);
        return RankoraReply.Invalid($"Realtime updates are not part of the {plan.Name} plan: they are available on \"{needed}\" or higher plans");
    }

    private static RankoraReply Refuse(LiveRefusal refusal) => refusal switch
    {
        LiveRefusal.NotFound or LiveRefusal.Archived => RankoraReply.Error(StatusCodes.Status404NotFound, "The leaderboard of this API key does not exist"),
        LiveRefusal.Full => RankoraReply.Error(StatusCodes.Status429TooManyRequests, "There are as many viewers as this server takes"),
        _ => RankoraReply.Error(StatusCodes.Status500InternalServerError),
    };
}
