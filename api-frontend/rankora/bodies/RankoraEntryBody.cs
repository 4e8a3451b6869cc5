using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>One player's entry.</summary>
internal sealed record RankoraEntryBody(
    string LeaderboardId, string? Name, double Score, string PlayerId, RawJson? Metadata, int Rank, string CreatedAt, string UpdatedAt)
{
    public static RankoraEntryBody Of(LeaderboardKey board, EntryView entry) => new(
        board.Board,
        entry.Name,
        entry.Score,
        entry.UserId,
        RawJson.Of(entry.Metadata),
        entry.Rank,
        Timestamps.FormatMicroseconds(entry.CreatedAt),
        Timestamps.FormatMicroseconds(entry.UpdatedAt));
}
