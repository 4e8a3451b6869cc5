namespace Laurel.GrainInterfaces;

/// <summary>
/// One part of what is due: the ends of windows and of their grace, as the store has them by time. Every host wakes every part each
/// second. Key: 0 to <see cref="Partitions"/> − 1, as text.
/// </summary>
public interface IScheduler : IGrain
{
    /// <summary>How many parts there are. Fixed for ever: what is due lies under its part.</summary>
    const int Partitions = 4;

    /// <summary>Does what is due, one season's work after the other, the oldest first. Returns when nothing is left, or soon. Waking twice is harmless.</summary>
    Task<Acknowledgement> WakeAsync(WakeScheduler request);
}

/// <summary>Wakes a scheduler.</summary>
public sealed record WakeScheduler;
