using System.Text.Json.Serialization;
using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>A page of entries.</summary>
internal sealed record ListBody(bool Success, ListRow[] Entries, PaginationBody Pagination);

/// <summary>Where a page is.</summary>
internal sealed record PaginationBody(int Limit, int Offset, int Total);

/// <summary>One entry of a page. The player's id is not shown: whoever knows it can overwrite the entry.</summary>
internal sealed record ListRow(
    string? Name,
    double Score,
    RawJson? Metadata,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsCurrentPlayer,
    int Rank,
    string UpdatedAt)
{
    public static ListRow Of(EntryView entry, string? currentPlayer) => new(
        entry.Name,
        entry.Score,
        RawJson.Of(entry.Metadata),
        entry.UserId == currentPlayer,
        entry.Rank,
        Timestamps.FormatMicroseconds(entry.UpdatedAt));
}
