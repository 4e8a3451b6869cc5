using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>How one row of a window changed from one state to a later one.</summary>
/// <param name="Kind">What became of the entry; not of its being in the window.</param>
/// <param name="UserId">Whose entry.</param>
/// <param name="New">The entry now, which may be outside the window; null when it is gone.</param>
/// <param name="Before">What it was; null when it was not there, or when that is not known.</param>
internal sealed record RowChange(RowChangeKind Kind, string UserId, EntryView? New, RowBefore? Before);

/// <summary>What became of an entry.</summary>
internal enum RowChangeKind
{
    /// <summary>It was made, or shown again.</summary>
    Insert,

    /// <summary>Its score, name or metadata changed.</summary>
    Update,

    /// <summary>It is gone, or hidden.</summary>
    Delete,

    /// <summary>It is as it was; others moved it: to another rank, into the window or out of it.</summary>
    Shift,
}

/// <summary>What a row showed before.</summary>
/// <param name="Name">Null when none was known.</param>
/// <param name="Score">The score.</param>
/// <param name="Rank">Null when it is not known.</param>
/// <param name="UpdatedAt">Microseconds since the Unix epoch.</param>
internal sealed record RowBefore(string? Name, double Score, int? Rank, long UpdatedAt)
{
    public static RowBefore Of(EntryView row) => new(row.Name, row.Score, row.Rank, row.UpdatedAt);

    /// <summary>Whether the entry is the same now, wherever it stands.</summary>
    public bool IsLike(EntryView row) => Score == row.Score && UpdatedAt == row.UpdatedAt && Name == row.Name;
}
