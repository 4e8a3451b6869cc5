namespace Laurel.GrainInterfaces;

/// <summary>What some events are worth in one season. Never changed after it was made. Its byte format is <see cref="EventDeliveryFormat"/>.</summary>
/// <param name="Source">The key of the intake that accepted them.</param>
/// <param name="Positions">
/// Of each score's event in the order of acceptance, rising. A season takes from one source only positions beyond the last it took, so
/// that a repeated delivery changes nothing.
/// </param>
/// <param name="Scores">In the same order; the achieved-at times are the events' own.</param>
public sealed record EventDelivery(string Source, long[] Positions, ScoreBatch Scores);

/// <summary>What became of a delivery.</summary>
/// <param name="Status">WrongWindow: a time lies outside the season, and nothing was taken.</param>
/// <param name="Late">How many came after the season was sealed.</param>
public sealed record EventsScored(OutcomeStatus Status, int Late = 0) : IOutcome<EventsScored>
{
    /// <inheritdoc/>
    public static EventsScored Failed(OutcomeStatus status) => new(status);
}
