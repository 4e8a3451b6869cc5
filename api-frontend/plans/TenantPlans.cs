using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>Which plan a tenant has, remembered for a second.</summary>
internal sealed class TenantPlans(IGrainPort port, TimeProvider clock, IOptions<PlanOptions> options)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (TenantPlan Plan, long AskedAt)> _held = new(StringComparer.Ordinal);

    /// <summary>What the plans allow.</summary>
    public PlanOptions Options { get; } = options.Value;

    /// <summary>The tenant's plan; what was known last while the tenant does not answer, null when nothing is known.</summary>
    public ValueTask<TenantPlan?> OfAsync(string tenant) =>
        _held.TryGetValue(tenant, out var held) && clock.GetElapsedTime(held.AskedAt) < Freshness ? new(held.Plan) : AskAsync(tenant);

    private async ValueTask<TenantPlan?> AskAsync(string tenant)
    {
        var askedAt = clock.GetTimestamp();
        var outcome = await port.CallAsync<ITenant, GetTenant, TenantOutcome>(tenant, static (grain, request) => grain.GetAsync(request), new GetTenant());
        if (outcome is not { Status: OutcomeStatus.Ok, Record.Plan: { } name })
            return _held.TryGetValue(tenant, out var known) ? known.Plan : null;

        if (_held.Count >= MostRemembered)
            _held.Clear();
        var plan = new TenantPlan(name, Options.Of(name));
        _held[tenant] = (plan, askedAt);
        return plan;
    }
}

/// <summary>A tenant's plan.</summary>
internal sealed record TenantPlan(string Name, PlanTerms Terms);
