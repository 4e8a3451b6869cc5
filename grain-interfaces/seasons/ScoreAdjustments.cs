namespace Laurel.GrainInterfaces;

/// <summary>Adds to scores, subtracts from them or sets them, in order, all or none.</summary>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat repeats the outcome.</param>
/// <param name="ReceivedAt">When the gateway received it, microseconds since the Unix epoch.</param>
/// <param name="Adjustments">1 to 1000, each of a subject that has an entry.</param>
public sealed record AdjustScores(Guid RequestId, long ReceivedAt, IReadOnlyList<ScoreAdjustment> Adjustments);

/// <summary>One of them.</summary>
/// <param name="UserId">The subject.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Amount">Finite.</param>
public sealed record ScoreAdjustment(string UserId, AdjustmentKind Kind, double Amount);

/// <summary>What is done to a score.</summary>
public enum AdjustmentKind
{
    /// <summary>The amount is added.</summary>
    Add = 0,

    /// <summary>The amount is subtracted.</summary>
    Subtract = 1,

    /// <summary>The amount takes its place.</summary>
    Set = 2,
}

/// <summary>What became of adjustments.</summary>
/// <param name="Status">NotFound: one of the subjects has no entry. Invalid: a score would leave the board's limits or not be finite. Nothing changed then.</param>
/// <param name="Scores">One per adjustment, in order: the score after it.</param>
public sealed record AdjustmentsOutcome(OutcomeStatus Status, IReadOnlyList<AdjustedScore>? Scores = null) : IOutcome<AdjustmentsOutcome>
{
    /// <inheritdoc/>
    public static AdjustmentsOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>A score after an adjustment.</summary>
/// <param name="Name">The subject's, null when none is known.</param>
public sealed record AdjustedScore(string UserId, string? Name, double Score);
