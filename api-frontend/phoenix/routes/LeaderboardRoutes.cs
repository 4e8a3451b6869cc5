using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/leaderboards</c> and <c>/tenants/{tenant_id}/leaderboards</c></summary>
internal sealed class LeaderboardRoutes(IGrainPort port, BodyReader bodies, BoardRoutes routes, BoardQuota quota)
{
    /// <summary>All leaderboards an operator may see, or a tenant key's own.</summary>
    public Task<Reply> ListOwnAsync(HttpContext context) => ListAsync(context, context.Features.GetRequiredFeature<Caller>().Tenant);

    /// <summary>A tenant's leaderboards.</summary>
    public async Task<Reply> ListAsync(HttpContext context) =>
        await port.FindMissingTenantAsync(context) ?? await ListAsync(context, RouteIds.Tenant(context));

    public async Task<Reply> CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        var (id, request) = LeaderboardFields.ReadNew(body.Fields, RouteIds.Tenant(context));
        if (body.Wrong is { } wrong)
            return wrong;
        if (!RouteIds.TryGetTenant(context, out var tenant))
            return RouteIds.NoTenant(context);
        if (await quota.FindForbiddenAsync(tenant) is { } forbidden)
            return Reply.Invalid(forbidden);

        var key = new LeaderboardKey(tenant, id!);
        var outcome = await port.CreateLeaderboardAsync(key, request);
        routes.Forget(key);
        return outcome.Status switch
        {
            OutcomeStatus.Ok => Reply.Created(LeaderboardBody.Of(outcome.Record!), PhoenixJson.Shared.LeaderboardBody),
            OutcomeStatus.NotFound => RouteIds.NoTenant(context),
            _ => Answer(key, outcome),
        };
    }

    public async Task<Reply> GetAsync(HttpContext context) =>
        RouteIds.TryGetLeaderboard(context, out var key)
            ? Answer(key, await port.GetLeaderboardAsync(key))
            : RouteIds.NoLeaderboard(context);

    public async Task<Reply> UpdateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var change = LeaderboardFields.ReadChange(body.Fields);
        if (body.Wrong is { } wrong)
            return wrong;

        var outcome = await port.UpdateLeaderboardAsync(key, change);
        routes.Forget(key);
        return Answer(key, outcome);
    }

    public async Task<Reply> DeleteAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var outcome = await port.DeleteLeaderboardAsync(key, new DeleteLeaderboard(RequestIds.Next()));
        routes.Forget(key);
        return Answer(key, outcome);
    }

    private async Task<Reply> ListAsync(HttpContext context, string? tenant)
    {
        var query = new QueryReader(context.Request.Query);
        var request = new ListLeaderboards(tenant, query.Offset(), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var page = await port.ListLeaderboardsAsync(request);
        return page.Status == OutcomeStatus.Ok
            ? Reply.Ok(
                new LeaderboardListBody(page.Total, [.. page.Leaderboards!.Select(LeaderboardBody.Of)]),
                PhoenixJson.Shared.LeaderboardListBody)
            : Refusals.OfList(page.Status);
    }

    private static Reply Answer(LeaderboardKey key, LeaderboardOutcome outcome) =>
        outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(LeaderboardBody.Of(outcome.Record!), PhoenixJson.Shared.LeaderboardBody)
            : Refusals.Of(outcome.Status, $"Leaderboard '{key.Board}'", outcome.Mistakes);
}
