using System.Text.Json.Serialization;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A player's entry as administration shows it: all that is kept.</summary>
internal sealed record EntryBody(
    string UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    double Score,
    int Rank,
    DateTimeOffset AchievedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RawJson? Metadata)
{
    public static EntryBody Of(EntryView entry) => new(
        entry.UserId,
        entry.Name,
        entry.Score,
        entry.Rank,
        Timestamps.ToDateTimeOffset(entry.AchievedAt),
        Timestamps.ToDateTimeOffset(entry.CreatedAt),
        Timestamps.ToDateTimeOffset(entry.UpdatedAt),
        RawJson.Of(entry.Metadata));
}
