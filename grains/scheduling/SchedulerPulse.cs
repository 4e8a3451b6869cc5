using System.Globalization;
using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>What keeps time for all boards: wakes every part of the scheduler at once and then each second, as every host does.</summary>
public static class SchedulerPulse
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Ends when it is cancelled, and never fails. Costs a short read of the store for each part and second.</summary>
    public static async Task KeepAsync(IGrainPort grains, TimeProvider clock, CancellationToken stopping)
    {
        using PeriodicTimer timer = new(Pause, clock);
        try
        {
            do
            {
                await WakeAllAsync(grains);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The host stops: what becomes due is found at the next start.
        }
    }

    /// <summary>Wakes every part, and returns when each has answered.</summary>
    public static Task WakeAllAsync(IGrainPort grains) => Task.WhenAll(
        Enumerable.Range(0, IScheduler.Partitions).Select(part => grains.CallAsync(
            part.ToString(CultureInfo.InvariantCulture),
            static (IScheduler scheduler, WakeScheduler request) => scheduler.WakeAsync(request),
            new WakeScheduler())));
}
