namespace Laurel.GrainInterfaces;

/// <summary>Events to be accepted in order. Never changed after it was made. Its byte format is <see cref="EventBatchFormat"/>.</summary>
/// <param name="RequestId">Stamped once by whoever received the events; a repeat is answered from the first one's outcome.</param>
/// <param name="Events">The events one after the other, each as <see cref="EventFormat"/> says.</param>
public sealed record EventBatch(Guid RequestId, byte[] Events);

/// <summary>What became of a batch of events.</summary>
/// <param name="Accepted">How many are new.</param>
/// <param name="Duplicates">Which were accepted before, by their places in the batch, rising; null for none.</param>
public sealed record EventsAccepted(OutcomeStatus Status, int Accepted = 0, IReadOnlyList<int>? Duplicates = null) : IOutcome<EventsAccepted>
{
    /// <inheritdoc/>
    public static EventsAccepted Failed(OutcomeStatus status) => new(status);
}

/// <summary>Asks for delivery.</summary>
public sealed record DrainEvents;
