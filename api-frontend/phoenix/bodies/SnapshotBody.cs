using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>One window that has ended.</summary>
/// <param name="Total">How many its standings list.</param>
/// <param name="Final">Whether nothing can change them any more.</param>
internal sealed record SnapshotBody(
    string WindowKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowStart,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? WindowEnd,
    int Total,
    bool Final);
