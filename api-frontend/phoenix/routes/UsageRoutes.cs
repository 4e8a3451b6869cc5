using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants/{tenant_id}/usage</c> and <c>/tenants/{tenant_id}/limits</c></summary>
internal sealed class UsageRoutes(IGrainPort port, PlanUsage usage, RequestCounter requests, TenantPlans plans, TimeProvider clock)
{
    private const int AtOnce = 16;

    public async Task<Reply> UsageAsync(HttpContext context)
    {
        if (await port.FindMissingTenantAsync(context) is { } missing)
            return missing;
        var tenant = RouteIds.Tenant(context);
        var plan = await plans.OfAsync(tenant);
        var counts = await usage.CountAsync(tenant);
        var made = await requests.SumAsync(tenant);
        if (plan is null || counts is null || made is null)
            return Reply.Unavailable;

        var body = new TenantUsageBody(
            tenant,
            plan.Name,
            RequestCounter.NextMonth(clock.GetUtcNow()),
            new UsedBody(made.Value, plan.Terms.Requests),
            new UsedBody(counts.Leaderboards, plan.Terms.Leaderboards),
            new UsedBody(counts.Entries, plan.Terms.Entries));
        return Reply.Ok(body, PhoenixJson.Shared.TenantUsageBody);
    }

    public async Task<Reply> LimitsAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var (offset, limit) = (query.Offset(), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);
        if (await port.FindMissingTenantAsync(context) is { } missing)
            return missing;

        var page = await port.ListKeysAsync(new ListApiKeys(RouteIds.Tenant(context), offset, limit));
        if (page.Status != OutcomeStatus.Ok)
            return Refusals.OfList(page.Status);
        List<KeyLimitBody> limits = [];
        foreach (var some in page.Keys!.Chunk(AtOnce))
        {
            var looked = await Task.WhenAll(some.Select(LookAsync));
            if (looked.Contains(null))
                return Reply.Unavailable;
            limits.AddRange(looked!);
        }

        return Reply.Ok(new KeyLimitListBody(page.Total, limits), PhoenixJson.Shared.KeyLimitListBody);
    }

    /// <summary>Asks for no permits: what is left is told all the same.</summary>
    private async Task<KeyLimitBody?> LookAsync(ApiKeyRecord key)
    {
        var standing = await port.CallAsync<IRateLimit, LeasePermits, PermitLease>(
            key.KeyId, static (limit, request) => limit.LeaseAsync(request), new LeasePermits(Guid.Empty, Wanted: 0, key.RateLimit, ReturnedLease: 0, Unused: 0));
        return standing.Status == OutcomeStatus.Ok
            ? new KeyLimitBody(key.KeyId, key.Kind, key.Name, key.RateLimit, standing.Remaining, WholeSeconds.Of(standing.Reset))
            : null;
    }
}
