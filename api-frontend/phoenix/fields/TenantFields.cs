using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Reads the bodies of tenant routes.</summary>
internal static class TenantFields
{
    private const int LongestName = 200;
    private static readonly string[] Plans = ["free", "indie", "pro", "enterprise"];

    /// <summary>The tenant to be created and its id.</summary>
    public static (string? TenantId, CreateTenant Request) ReadNew(ObjectReader body)
    {
        var id = body.RequiredSlug("tenant_id");
        var request = new CreateTenant(body.Text("name", LongestName, 1), body.OneOf("plan", Plans));
        body.RefuseOthers();
        return (id, request);
    }

    /// <summary>What is to change.</summary>
    public static UpdateTenant ReadChange(ObjectReader body)
    {
        var change = new UpdateTenant(body.Text("name", LongestName, 1), body.OneOf("plan", Plans));
        body.RefuseOthers();
        if (change is { Name: null, Plan: null } && body.Mistakes.Count == 0)
            body.Add("", "The body must have name or plan");
        return change;
    }

    /// <summary>A <c>tenant_id</c> in a body may be left out, but must be the path's when it is there.</summary>
    public static void RequireSame(ObjectReader body, string tenant)
    {
        if (body.Text("tenant_id", int.MaxValue) is { } named && named != tenant)
            body.Add("tenant_id", "tenant_id in the body must match the URL path");
    }
}
