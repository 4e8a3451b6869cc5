using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Reads the bodies of leaderboard routes.</summary>
internal static class LeaderboardFields
{
    private const int LongestName = 200;
    private const int LongestDescription = 2000;

    /// <summary>The board to be created and its id. What the configuration gets wrong is found by the board's grain.</summary>
    /// <param name="tenant">The tenant of the path, which a <c>tenant_id</c> in the body must match.</param>
    public static (string? LeaderboardId, CreateLeaderboard Request) ReadNew(ObjectReader body, string tenant)
    {
        var id = body.RequiredSlug("leaderboard_id");
        TenantFields.RequireSame(body, tenant);
        var request = new CreateLeaderboard(
            body.Text("name", LongestName, 1),
            body.Text("description", LongestDescription),
            body.Text("preset", LongestName),
            body.Element("config")?.Clone(),
            RequestIds.Next());
        body.RefuseOthers();
        return (id, request);
    }

    /// <summary>What is to change.</summary>
    public static UpdateLeaderboard ReadChange(ObjectReader body)
    {
        var change = new UpdateLeaderboard(
            body.Text("name", LongestName, 1),
            body.Text("description", LongestDescription),
            LeaderboardStatusText.Parse(body.OneOf("status", LeaderboardStatusText.Words)),
            RequestIds.Next());
        if (body.Refuses("config", "config cannot be changed; create a new leaderboard with the new config"))
            return change;
        body.RefuseOthers();
        if (change is { Name: null, Description: null, Status: null } && body.Mistakes.Count == 0)
            body.Add("", "The body must have name, description or status");
        return change;
    }
}
