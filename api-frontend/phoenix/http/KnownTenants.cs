using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>For routes into a tenant whose own grains would not notice that there is none.</summary>
internal static class KnownTenants
{
    /// <summary>The answer when the path's tenant does not exist, or nobody can say; null when it does.</summary>
    public static async Task<Reply?> FindMissingTenantAsync(this IGrainPort port, HttpContext context)
    {
        if (!RouteIds.TryGetTenant(context, out var tenant))
            return RouteIds.NoTenant(context);
        var known = await port.GetTenantAsync(tenant);
        return known.Status == OutcomeStatus.Ok ? null : Refusals.Of(known.Status, RouteIds.Named("Tenant", tenant));
    }
}
