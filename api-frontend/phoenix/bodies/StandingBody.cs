using System.Text.Json.Serialization;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A player's place as queries show it. A value, so that a page of a thousand is one array.</summary>
internal readonly record struct StandingBody(
    int Rank,
    string UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    double Score,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RawJson? Metadata)
{
    public static StandingBody Of(EntryView entry) => new(
        entry.Rank, entry.UserId, entry.Name, entry.Score, Timestamps.ToDateTimeOffset(entry.UpdatedAt), RawJson.Of(entry.Metadata));

    public static StandingBody[] Of(IReadOnlyList<EntryView> entries)
    {
        var standings = new StandingBody[entries.Count];
        for (var i = 0; i < standings.Length; i++)
            standings[i] = Of(entries[i]);
        return standings;
    }
}
