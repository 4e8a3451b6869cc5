namespace Laurel.GrainInterfaces;

/// <summary>
/// Takes a tenant's events in and brings them to its boards. What is accepted is durable, is accepted once however often it is sent
/// within 24 hours, and reaches every season it concerns, in the order of acceptance, across crashes. Key: <see cref="EventsKey"/>.
/// </summary>
public interface IEventIntake : IGrain
{
    /// <summary>Accepts events, all or none. Busy when too much waits to be delivered or too many ids are to be remembered.</summary>
    Task<EventsAccepted> AcceptAsync(EventBatch request);

    /// <summary>
    /// Answers once every event accepted before this call has been delivered; Unavailable when that takes longer than a few seconds, and
    /// it goes on. Wakes an intake that has events left from before a crash.
    /// </summary>
    Task<Acknowledgement> DrainAsync(DrainEvents request);
}
