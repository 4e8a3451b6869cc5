using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of a window's standings.</summary>
/// <param name="Total">How many they list.</param>
/// <param name="Final">Whether nothing can change them any more.</param>
internal sealed record SnapshotPageBody(
    string LeaderboardId,
    string TenantId,
    string WindowKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowStart,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowEnd,
    int Total,
    bool Final,
    StandingBody[] Entries,
    int Limit,
    int Offset);
