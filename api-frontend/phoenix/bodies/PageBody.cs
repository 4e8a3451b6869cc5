using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of a board's standings.</summary>
/// <param name="Total">How many the window lists.</param>
internal sealed record PageBody(
    string LeaderboardId,
    string TenantId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? WindowKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowStart,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowEnd,
    int Total,
    StandingBody[] Entries,
    int Limit,
    int Offset);
