namespace Laurel.GrainInterfaces;

/// <summary>What became of a <see cref="ScoreBatch"/>. Its byte format is <see cref="ScoreOutcomesFormat"/>.</summary>
public sealed class ScoreOutcomes : IOutcome<ScoreOutcomes>
{
    /// <summary>Ok when every score has an outcome; otherwise none was applied, or it is not known (Unavailable).</summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary>One per score, in order; null when all were applied, or changed nothing and no standings were wanted.</summary>
    public ScoreStatus[]? Statuses { get; init; }

    /// <summary>One per score when the batch wanted standings, null otherwise.</summary>
    public ScoreStanding[]? Standings { get; init; }

    /// <summary>The journal position at which all of it is durable; 0 when nothing was applied.</summary>
    public long Sequence { get; init; }

    /// <inheritdoc/>
    public static ScoreOutcomes Failed(OutcomeStatus status) => new() { Status = status };
}

/// <summary>What became of one score.</summary>
public enum ScoreStatus : byte
{
    /// <summary>It changed the entry.</summary>
    Applied = 0,

    /// <summary>By the board's aggregation it changes nothing.</summary>
    Unchanged = 1,

    /// <summary>Its idempotency key was used before; the standing is the first one's.</summary>
    Duplicate = 2,

    /// <summary>The register is strict and does not know the user.</summary>
    UserNotFound = 3,

    /// <summary>The user has hidden themselves.</summary>
    PrivacyDisabled = 4,

    /// <summary>Outside the board's limits, or the sum would not be finite.</summary>
    Validation = 5,

    /// <summary>No season takes it.</summary>
    NoActiveSeason = 6,

    /// <summary>Its idempotency key was used before with another body.</summary>
    Conflict = 7,

    /// <summary>Storage failed.</summary>
    InternalServerError = 8,
}

/// <summary>How one entry moved.</summary>
/// <param name="PreviousScore">Null when the subject had no score.</param>
/// <param name="Score">Null when it has none.</param>
/// <param name="PreviousRank">Null when it was not listed.</param>
/// <param name="Rank">1-based; null when it is not listed.</param>
public readonly record struct ScoreStanding(double? PreviousScore, double? Score, int? PreviousRank, int? Rank);
