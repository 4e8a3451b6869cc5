namespace Laurel.GrainInterfaces;

/// <summary>One subject's place on a board.</summary>
/// <param name="UserId">The subject.</param>
/// <param name="Name">Shown to people; null when none is known.</param>
/// <param name="Score">As written: integers exact to ±2^53.</param>
/// <param name="Rank">1-based.</param>
/// <param name="AchievedAt">When the score was achieved, microseconds since the Unix epoch, as the two below.</param>
/// <param name="CreatedAt">When the subject first got an entry.</param>
/// <param name="UpdatedAt">When the entry was last changed.</param>
/// <param name="Metadata">A JSON object's text; null when there is none.</param>
public sealed record EntryView(
    string UserId, string? Name, double Score, int Rank, long AchievedAt, long CreatedAt, long UpdatedAt, string? Metadata);

/// <summary>Entries in rank order.</summary>
/// <param name="Total">How many entries the board lists.</param>
/// <param name="Sequence">The journal position the page shows; may be one commit ahead of the disk.</param>
public sealed record EntryPage(OutcomeStatus Status, int Total = 0, long Sequence = 0, IReadOnlyList<EntryView>? Entries = null)
    : IOutcome<EntryPage>
{
    /// <inheritdoc/>
    public static EntryPage Failed(OutcomeStatus status) => new(status);
}

/// <summary>One entry.</summary>
/// <param name="Entry">The subject's.</param>
/// <param name="Neighbours">The entries around it with itself among them, in rank order; null when none were asked for.</param>
/// <param name="Total">How many entries the board lists.</param>
public sealed record EntryOutcome(OutcomeStatus Status, EntryView? Entry = null, IReadOnlyList<EntryView>? Neighbours = null, int Total = 0)
    : IOutcome<EntryOutcome>
{
    /// <inheritdoc/>
    public static EntryOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>A season whose final standings are written, or why they are not.</summary>
/// <param name="Total">How many they list.</param>
public sealed record SeasonSealed(OutcomeStatus Status, int Total = 0) : IOutcome<SeasonSealed>
{
    /// <inheritdoc/>
    public static SeasonSealed Failed(OutcomeStatus status) => new(status);
}
