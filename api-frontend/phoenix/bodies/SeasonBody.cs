using System.Text.Json.Serialization;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A season as the API shows it.</summary>
/// <param name="SeasonId">The id it was opened with, or its window's key.</param>
/// <param name="WindowKey">The same, under the name queries use.</param>
/// <param name="LateEvents">How many events came after its grace, and were ignored.</param>
internal sealed record SeasonBody(
    string SeasonId,
    string WindowKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? StartsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? EndsAt,
    string State,
    long LateEvents)
{
    private static readonly string[] States = ["announced", "open", "ended", "sealed"];

    public static SeasonBody Of(SeasonInfo season) =>
        new(season.WindowKey, season.WindowKey, season.StartsAt, season.EndsAt, States[(int)season.State], season.LateEvents);
}
