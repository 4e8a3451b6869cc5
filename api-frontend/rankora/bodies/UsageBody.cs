using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>What a tenant has used of its plan. What is left of something unlimited is null.</summary>
internal sealed record UsageBody(
    [property: JsonPropertyName("currentRequests")] long CurrentRequests,
    [property: JsonPropertyName("remainingRequests")] long? RemainingRequests,
    [property: JsonPropertyName("currentLeaderboards")] long CurrentLeaderboards,
    [property: JsonPropertyName("remainingLeaderboards")] long? RemainingLeaderboards,
    [property: JsonPropertyName("currentEntries")] long CurrentEntries,
    [property: JsonPropertyName("remainingEntries")] long? RemainingEntries);
