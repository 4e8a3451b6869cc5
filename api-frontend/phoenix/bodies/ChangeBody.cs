using System.Text.Json.Serialization;
using Laurel.ApiFrontend.Live;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// One changed row. <c>type</c> says what became of the entry: INSERT, UPDATE or DELETE; one that others moved, also into the window or
/// out of it, is an UPDATE of its rank. What is not known, or not there, is null.
/// </summary>
internal readonly record struct ChangeBody(
    string Type,
    string UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? OldScore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Rank,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? OldRank)
{
    public static ChangeBody Of(RowChange change) => new(
        change.Kind switch
        {
            RowChangeKind.Insert => "INSERT",
            RowChangeKind.Delete => "DELETE",
            _ => "UPDATE",
        },
        change.UserId,
        change.New is null ? change.Before?.Name : change.New.Name,
        change.New?.Score,
        change.Before?.Score,
        change.New?.Rank,
        change.Before?.Rank);

    public static ChangeBody[] Of(IReadOnlyList<RowChange> changes) => [.. changes.Select(Of)];
}
