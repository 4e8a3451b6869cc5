namespace Laurel.ApiFrontend;

/// <summary>Counts every admitted request of a tenant, and refuses those beyond its plan where the dialect knows plans.</summary>
internal sealed class RequestQuota(RequestCounter counter, TenantPlans plans, TimeProvider clock)
{
    /// <summary>Counts a request that no plan limits.</summary>
    public void Count(string tenant) => counter.Count(tenant);

    /// <summary>Counts a request unless the plan's month is used up.</summary>
    /// <returns>Null when it is counted; otherwise why not.</returns>
    public async ValueTask<QuotaRefusal?> TakeAsync(string tenant)
    {
        // A tenant that does not answer is not refused for that: what it may not do shows when it answers again.
        if (await plans.OfAsync(tenant) is { Terms.Requests: { } limit } plan && await counter.SumAsync(tenant) >= limit)
        {
            var now = clock.GetUtcNow();
            return new QuotaRefusal(plan.Name, RequestCounter.NextMonth(now) - now);
        }

        counter.Count(tenant);
        return null;
    }
}

/// <summary>A plan's requests are used up.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="RetryAfter">How long until the next month.</param>
internal sealed record QuotaRefusal(string Plan, TimeSpan RetryAfter);
