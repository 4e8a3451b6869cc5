using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>How many leaderboards a tenant's plan allows.</summary>
internal sealed class BoardQuota(TenantPlans plans, IGrainPort port)
{
    /// <summary>Why the tenant may not have another leaderboard; null when it may. Unlimited plans cost nothing.</summary>
    public async ValueTask<string?> FindForbiddenAsync(string tenant)
    {
        if (await plans.OfAsync(tenant) is not { Terms.Leaderboards: { } most } plan)
            return null;
        var boards = await port.ListLeaderboardsAsync(new ListLeaderboards(tenant, 0, 1));
        if (boards.Status != OutcomeStatus.Ok || boards.Total < most)
            return null;
        var needed = plans.Options.NameFor(terms => terms.Leaderboards is null || terms.Leaderboards > most);
        return $"The {plan.Name} plan allows {most} leaderboards: more are available on \"{needed}\" or higher plans";
    }
}
