using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A player's place in a window's standings and those around it.</summary>
/// <param name="Total">How many they list.</param>
/// <param name="Final">Whether nothing can change them any more.</param>
internal sealed record SnapshotUserBody(
    string LeaderboardId,
    string TenantId,
    string WindowKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowStart,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowEnd,
    int Total,
    bool Final,
    StandingBody User,
    StandingBody[] Entries);
