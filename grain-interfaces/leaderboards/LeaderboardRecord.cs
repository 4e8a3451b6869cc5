namespace Laurel.GrainInterfaces;

/// <summary>What Laurel keeps of a leaderboard.</summary>
/// <param name="LeaderboardId">Unique in its tenant.</param>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Description">Shown to people; may be empty.</param>
/// <param name="Status">active, inactive or archived.</param>
/// <param name="Version">1 when created, one more with each change.</param>
/// <param name="Incarnation">1 for the first board of that id, one more for each created after a deletion.</param>
/// <param name="Config">Fixed for the board's life.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="LastRequest">The request that brought the last change: a repeat of it changes nothing and is answered alike.</param>
/// <param name="Deleted">Kept after deletion so that the next board of that id gets the next incarnation.</param>
public sealed record LeaderboardRecord(
    string LeaderboardId,
    string TenantId,
    string Name,
    string Description,
    LeaderboardStatus Status,
    int Version,
    int Incarnation,
    LeaderboardConfig Config,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    Guid LastRequest = default,
    bool Deleted = false);

/// <summary>Whether a board plays.</summary>
public enum LeaderboardStatus
{
    /// <summary>Takes scores and is shown.</summary>
    Active = 0,

    /// <summary>Takes none and is hidden from players; operators read on.</summary>
    Inactive = 1,

    /// <summary>Only its snapshots are read.</summary>
    Archived = 2,
}
