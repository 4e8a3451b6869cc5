using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Rankora;

/// <summary><c>GET /api/v1/usage</c> and <c>GET /api/v1/leaderboard</c></summary>
internal sealed class AboutRoutes(RankoraBoards boards, PlanUsage usage, RequestCounter requests, TenantPlans plans, IGrainPort port)
{
    public async Task<RankoraReply> UsageAsync(HttpContext context)
    {
        var tenant = context.Features.GetRequiredFeature<Caller>().Tenant!;
        var plan = await plans.OfAsync(tenant);
        var counts = await usage.CountAsync(tenant);
        var made = await requests.SumAsync(tenant);
        if (plan is null || counts is null || made is null)
            return RankoraReply.Error(StatusCodes.Status500InternalServerError);

        var body = new UsageBody(
            made.Value,
            Left(plan.Terms.Requests, made.Value),
            counts.Leaderboards,
            Left(plan.Terms.Leaderboards, counts.Leaderboards),
            counts.Entries,
            Left(plan.Terms.Entries, counts.Entries));
        return RankoraReply.Ok(body, RankoraJson.Shared.UsageBody);
    }

    public async Task<RankoraReply> BoardAsync(HttpContext context)
    {
        var board = await boards.FindAsync(context.Features.GetRequiredFeature<Caller>());
        if (board.Refusal is { } refusal)
            return refusal;
        var total = 0;
        if (board.Season is { } season)
        {
            var page = await port.CallAsync<ISeason, ReadPage, EntryPage>(
                season, static (grain, request) => grain.ReadPageAsync(request), new ReadPage(0, 1));
            if (page.Status != OutcomeStatus.Ok)
                return RankoraReply.Of(page.Status, "The leaderboard does not exist");
            total = page.Total;
        }

        var body = new BoardBody(board.Record!.LeaderboardId, board.Record.Name, board.IsAscending ? "asc" : "desc", total);
        return RankoraReply.Ok(body, RankoraJson.Shared.BoardBody);
    }

    private static long? Left(long? limit, long used) => limit is { } some ? Math.Max(0, some - used) : null;
}
