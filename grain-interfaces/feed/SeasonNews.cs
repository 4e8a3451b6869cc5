namespace Laurel.GrainInterfaces;

/// <summary>What a watched season tells: that it changed, up to where, and what its changed entries were before.</summary>
/// <param name="Season">The season's key.</param>
/// <param name="Epoch">Of the activation that tells; news with a lower epoch than the highest heard is to be ignored.</param>
/// <param name="Sequence">The last durable journal position.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Changes">The subjects changed by one commit, each once; null when there were too many to name, or when none were.</param>
public sealed record SeasonNews(string Season, long Epoch, long Sequence, SeasonNewsKind Kind, IReadOnlyList<FormerEntry>? Changes = null);

/// <summary>What a season has to tell.</summary>
public enum SeasonNewsKind
{
    /// <summary>Entries changed, durably.</summary>
    Changed = 0,

    /// <summary>The board's status changed, or the season's end, or the board is gone.</summary>
    Terms = 1,

    /// <summary>The season is sealed: its final standings are written.</summary>
    Sealed = 2,
}

/// <summary>One subject's entry as it was before a commit.</summary>
/// <param name="UserId">The subject.</param>
/// <param name="WasListed">Whether it had a place; when not, the rest says nothing.</param>
/// <param name="Name">Null when none was known.</param>
/// <param name="Score">The score.</param>
/// <param name="Rank">The place that the former score would have now, which is the former place unless others crossed it meanwhile; null where that was not counted.</param>
/// <param name="UpdatedAt">When the entry was last changed, microseconds since the Unix epoch.</param>
public sealed record FormerEntry(string UserId, bool WasListed, string? Name = null, double Score = 0, int? Rank = null, long UpdatedAt = 0);
