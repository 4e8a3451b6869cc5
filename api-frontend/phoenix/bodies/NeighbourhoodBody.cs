using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A player's place and those around it.</summary>
/// <param name="Total">How many the window lists.</param>
/// <param name="User">The player.</param>
/// <param name="Entries">The neighbours in rank order, the player among them.</param>
internal sealed record NeighbourhoodBody(
    string LeaderboardId,
    string TenantId,
    string WindowKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowStart,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowEnd,
    int Total,
    StandingBody User,
    StandingBody[] Entries);
