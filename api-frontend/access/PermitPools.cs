using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>The permits of all keys in use at this gateway.</summary>
internal sealed class PermitPools(IGrainPort port, TimeProvider clock)
{
    // Every pool belongs to a key that was verified; those not used for a while are dropped when there are this many more.
    private const int SweepEvery = 4096;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(2);

    private readonly Guid _gateway = Guid.NewGuid();
    private readonly ConcurrentDictionary<string, PermitPool> _pools = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>Takes a permit of the caller's key.</summary>
    public ValueTask<Permit> TakeAsync(Caller caller)
    {
        if (!_pools.TryGetValue(caller.KeyId, out var pool))
        {
            pool = _pools.GetOrAdd(caller.KeyId, static (id, self) => new PermitPool(id, self._gateway, self.Port, self.Clock), this);
            if (Interlocked.Increment(ref _made) % SweepEvery == 0)
                DropIdle();
        }

        return pool.TakeAsync(caller.RateLimit);
    }

    /// <summary>What is left of the caller's limit.</summary>
    public PermitStanding Look(Caller caller) =>
        _pools.TryGetValue(caller.KeyId, out var pool) && pool.Look() is { } standing
            ? standing
            : new PermitStanding(caller.RateLimit.Requests, Clock.GetUtcNow());

    private IGrainPort Port { get; } = port;

    private TimeProvider Clock { get; } = clock;

    private void DropIdle()
    {
        var now = Clock.GetTimestamp();
        foreach (var (id, pool) in _pools)
        {
            // The lease of a pool idle that long has ended: nothing can be taken from it by whoever still holds it.
            if (Clock.GetElapsedTime(pool.LastUsed, now) > IdleAfter && _pools.TryRemove(id, out _))
                pool.Dispose();
        }
    }
}
