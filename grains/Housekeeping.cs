using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>What every host with grains keeps going: the clock of all boards, and what waits to be delivered.</summary>
public static class Housekeeping
{
    /// <summary>Starts all of it, at once. Ends when it is cancelled, and never fails.</summary>
    public static Task KeepAsync(IStore store, IGrainPort grains, TimeProvider clock, ILoggerFactory logs, CancellationToken stopping) => Task.WhenAll(
        PlayerOutboxSweep.KeepAsync(store, grains, clock, logs, stopping),
        EventOutboxSweep.KeepAsync(store, grains, clock, logs, stopping),
        SchedulerPulse.KeepAsync(grains, clock, logs, stopping));
}
