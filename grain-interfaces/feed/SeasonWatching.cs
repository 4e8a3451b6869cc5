namespace Laurel.GrainInterfaces;

/// <summary>Keeps a season telling its news to the <see cref="IFeed"/> for the next ten seconds; to be repeated every two.</summary>
public sealed record WatchSeason;

/// <summary>Where a season stands.</summary>
/// <param name="Epoch">Of the activation.</param>
/// <param name="Sequence">The last durable journal position.</param>
/// <param name="Version">The version of the board's record that the rest is of.</param>
/// <param name="BoardStatus">The board's status.</param>
/// <param name="EndsAt">The season's end, null for none.</param>
public sealed record SeasonHead(
    OutcomeStatus Status,
    long Epoch = 0,
    long Sequence = 0,
    int Version = 0,
    LeaderboardStatus BoardStatus = LeaderboardStatus.Active,
    DateTimeOffset? EndsAt = null) : IOutcome<SeasonHead>
{
    /// <inheritdoc/>
    public static SeasonHead Failed(OutcomeStatus status) => new(status);
}

/// <summary>Asks for parts of the standings, all of the same moment.</summary>
/// <param name="Windows">1 to 64.</param>
public sealed record ReadWindows(IReadOnlyList<WindowQuery> Windows);

/// <summary>One part of the standings: places from an offset on, or a subject and its neighbours.</summary>
/// <param name="Offset">How many places to pass over, ≥ 0; means nothing with <paramref name="Around"/>.</param>
/// <param name="Limit">How many places at the most, 0 to 1000; with <paramref name="Around"/>, how many neighbours on each side.</param>
/// <param name="FromEnd">Counts from the last place: the order reversed, with ranks counted in it.</param>
/// <param name="Around">The subject in the middle. When it is not listed, the window is empty.</param>
/// <param name="Also">Subjects wanted wherever they are listed.</param>
public sealed record WindowQuery(
    int Offset, int Limit, bool FromEnd = false, string? Around = null, IReadOnlyList<string>? Also = null);

/// <summary>Parts of the standings as they are on disk.</summary>
/// <param name="Epoch">Of the activation.</param>
/// <param name="Sequence">The durable journal position that they show.</param>
/// <param name="Total">How many entries the board lists.</param>
/// <param name="Windows">One per query, in order.</param>
public sealed record WindowsOutcome(
    OutcomeStatus Status, long Epoch = 0, long Sequence = 0, int Total = 0, IReadOnlyList<WindowView>? Windows = null) : IOutcome<WindowsOutcome>
{
    /// <inheritdoc/>
    public static WindowsOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>One part of the standings.</summary>
/// <param name="Entries">In rank order.</param>
/// <param name="Also">Those of the subjects asked for besides that are listed and not among <paramref name="Entries"/>; null for none.</param>
public sealed record WindowView(IReadOnlyList<EntryView> Entries, IReadOnlyList<EntryView>? Also = null);
