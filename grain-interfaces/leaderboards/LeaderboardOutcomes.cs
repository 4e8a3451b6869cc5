namespace Laurel.GrainInterfaces;

/// <summary>A leaderboard, or why there is none.</summary>
/// <param name="Mistakes">What an Invalid request got wrong.</param>
public sealed record LeaderboardOutcome(OutcomeStatus Status, LeaderboardRecord? Record = null, IReadOnlyList<Mistake>? Mistakes = null)
    : IOutcome<LeaderboardOutcome>
{
    /// <inheritdoc/>
    public static LeaderboardOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>Where to read or write.</summary>
/// <param name="Status">NotFound: no such board or window. NotActive: asked for a write and there is no season that takes one.</param>
/// <param name="Record">The board.</param>
/// <param name="Season">The season asked for; null when its window has no season yet.</param>
/// <param name="Previous">For the present window: the last one before it that has a season. For an event that no season takes: the latest one.</param>
public sealed record RouteOutcome(OutcomeStatus Status, LeaderboardRecord? Record = null, SeasonInfo? Season = null, SeasonInfo? Previous = null)
    : IOutcome<RouteOutcome>
{
    /// <inheritdoc/>
    public static RouteOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>One season of a board.</summary>
/// <param name="Key">Its grain's key: see <see cref="SeasonKey"/>; null while its window has none.</param>
/// <param name="WindowKey">Its window's key, or its id.</param>
/// <param name="StartsAt">First instant; null when it has no beginning.</param>
/// <param name="EndsAt">First instant after it; null when it has no end yet.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PreviousWindow">Of the board's latest season: the last window before it in which anybody scored; null when there is none.</param>
/// <param name="LastRequest">The request that opened or closed it by hand: a repeat of it changes nothing and is answered alike.</param>
/// <param name="Unused">Nobody has scored in it: it has no journal.</param>
/// <param name="SealedAt">When its final standings were written; null before that.</param>
/// <param name="LateEvents">How many events were worth something in it, and came after its grace.</param>
/// <param name="LateUpTo">The position of the last of them in the order of acceptance.</param>
public sealed record SeasonInfo(
    string? Key,
    string WindowKey,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    SeasonPhase State,
    string? PreviousWindow = null,
    Guid LastRequest = default,
    bool Unused = false,
    DateTimeOffset? SealedAt = null,
    long LateEvents = 0,
    long LateUpTo = 0);

/// <summary>Where a season stands in its life.</summary>
public enum SeasonPhase
{
    /// <summary>Announced: its start lies ahead.</summary>
    Announced = 0,

    /// <summary>Takes scores.</summary>
    Open = 1,

    /// <summary>Its end is past; its final standings are not written yet.</summary>
    Ended = 2,

    /// <summary>Its final standings are written. Nothing changes them any more, but for players who are hidden, shown again or erased.</summary>
    Sealed = 3,
}

/// <summary>A page of seasons.</summary>
public sealed record SeasonListOutcome(OutcomeStatus Status, int Total = 0, IReadOnlyList<SeasonInfo>? Seasons = null)
    : IOutcome<SeasonListOutcome>
{
    /// <inheritdoc/>
    public static SeasonListOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>One season, or why there is none.</summary>
public sealed record SeasonInfoOutcome(OutcomeStatus Status, SeasonInfo? Season = null, IReadOnlyList<Mistake>? Mistakes = null)
    : IOutcome<SeasonInfoOutcome>
{
    /// <inheritdoc/>
    public static SeasonInfoOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>What a season's activation works by.</summary>
public sealed record SeasonTermsOutcome(OutcomeStatus Status, LeaderboardRecord? Record = null, SeasonInfo? Season = null)
    : IOutcome<SeasonTermsOutcome>
{
    /// <inheritdoc/>
    public static SeasonTermsOutcome Failed(OutcomeStatus status) => new(status);
}
