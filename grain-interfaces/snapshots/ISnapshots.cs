namespace Laurel.GrainInterfaces;

/// <summary>
/// Reads a board's final standings from the store, also of boards that are archived or deleted; loads no season and holds nothing.
/// Key: <see cref="LeaderboardKey"/>.
/// </summary>
public interface ISnapshots : IGrain
{
    /// <summary>The windows that have ended, the newest first. NotFound when there never was such a board or incarnation.</summary>
    Task<SnapshotListOutcome> ListAsync(ListSnapshots request);

    /// <summary>A page of one window's final standings; without entries while it is not sealed.</summary>
    Task<SnapshotOutcome> ReadAsync(ReadSnapshot request);

    /// <summary>One player's final place. NotFound when the player has none; without entries while the window is not sealed.</summary>
    Task<SnapshotOutcome> FindAsync(FindInSnapshot request);
}

/// <summary>Asks for windows.</summary>
/// <param name="Incarnation">Of the board; null for the newest.</param>
/// <param name="From">Only windows that end after it; null for all.</param>
/// <param name="To">Only windows that start before it; null for all.</param>
/// <param name="Limit">How many at the most, 1 to 1000.</param>
public sealed record ListSnapshots(int? Incarnation, DateTimeOffset? From, DateTimeOffset? To, int Limit);

/// <summary>Asks for a page.</summary>
/// <param name="Incarnation">Of the board; null for the newest.</param>
/// <param name="WindowKey">The window.</param>
/// <param name="Offset">How many places to pass over.</param>
/// <param name="Limit">How many at the most, 1 to 1000.</param>
public sealed record ReadSnapshot(int? Incarnation, string WindowKey, int Offset, int Limit);

/// <summary>Asks for a player and their neighbours.</summary>
/// <param name="Incarnation">Of the board; null for the newest.</param>
/// <param name="WindowKey">The window.</param>
/// <param name="UserId">The player.</param>
/// <param name="Around">How many neighbours on each side, 0 to 100.</param>
public sealed record FindInSnapshot(int? Incarnation, string WindowKey, string UserId, int Around);

/// <summary>Windows.</summary>
/// <param name="Total">How many there are in the asked time.</param>
/// <param name="Record">The board as it is or was.</param>
public sealed record SnapshotListOutcome(
    OutcomeStatus Status, LeaderboardRecord? Record = null, int Total = 0, IReadOnlyList<SnapshotInfo>? Snapshots = null) : IOutcome<SnapshotListOutcome>
{
    /// <inheritdoc/>
    public static SnapshotListOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>One window that has ended.</summary>
/// <param name="Total">How many its final standings list; null while it is not sealed.</param>
public sealed record SnapshotInfo(SeasonInfo Season, int? Total);

/// <summary>A part of the final standings.</summary>
/// <param name="Record">The board as it is or was.</param>
/// <param name="Season">The window.</param>
/// <param name="Total">How many the standings list.</param>
/// <param name="Entry">The player asked for.</param>
/// <param name="Entries">In rank order; null while the window is not sealed.</param>
public sealed record SnapshotOutcome(
    OutcomeStatus Status,
    LeaderboardRecord? Record = null,
    SeasonInfo? Season = null,
    int Total = 0,
    EntryView? Entry = null,
    IReadOnlyList<EntryView>? Entries = null) : IOutcome<SnapshotOutcome>
{
    /// <inheritdoc/>
    public static SnapshotOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>What the store keeps of a season's final standings beside their pages.</summary>
/// <param name="Generation">Which pages are meant: they are written anew when somebody leaves them.</param>
/// <param name="Sequence">The season's journal position that they show.</param>
/// <param name="Total">How many they list.</param>
public sealed record FinalStandings(string Generation, long Sequence, int Total);
