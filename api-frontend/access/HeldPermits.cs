using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>One lease's permits, spent from many threads.</summary>
/// <param name="lease">What the grain lent.</param>
/// <param name="askedAt">The clock's timestamp before the grain was asked.</param>
/// <param name="expiresAt">The clock's timestamp from which on they are void.</param>
internal sealed class HeldPermits(PermitLease lease, long askedAt, long expiresAt)
{
    // Far below zero, so that no number of late takers brings the count back above it.
    private const int Closed = int.MinValue / 2;

    private int _left = lease.Granted;

    /// <summary>The lease's name.</summary>
    public long Lease { get; } = lease.Lease;

    /// <summary>When the grain was asked.</summary>
    public long AskedAt { get; } = askedAt;

    /// <summary>How many permits it began with.</summary>
    public int Granted { get; } = lease.Granted;

    /// <summary>How many nobody has taken yet.</summary>
    public int Left => Math.Max(0, Volatile.Read(ref _left));

    /// <summary>Whether its permits are void.</summary>
    public bool HasEnded(TimeProvider clock) => clock.GetTimestamp() >= expiresAt;

    /// <summary>How long they are not; negative when they are.</summary>
    public TimeSpan LastsFor(TimeProvider clock) => clock.GetElapsedTime(clock.GetTimestamp(), expiresAt);

    /// <summary>
    /// Takes one. The clock is read after the permit is taken: a thread that was held up in between puts it back and never uses a void
    /// one.
    /// </summary>
    public bool TryTake(TimeProvider clock)
    {
        if (Volatile.Read(ref _left) <= 0 || Interlocked.Decrement(ref _left) < 0)
            return false;
        if (!HasEnded(clock))
            return true;
        Interlocked.Increment(ref _left);
        return false;
    }

    /// <summary>Ends the lease here and says how many permits nobody has taken; nobody will any more.</summary>
    public int Close() => Math.Max(0, Interlocked.Exchange(ref _left, Closed));
}
