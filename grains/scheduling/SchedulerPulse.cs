using System.Globalization;
using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>What keeps time for all boards: wakes every part of the scheduler at once and then each second, as every host does.</summary>
public static partial class SchedulerPulse
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Ends when it is cancelled, and never fails. Costs a short read of the store for each part and second.</summary>
    public static Task KeepAsync(IGrainPort grains, TimeProvider clock, ILoggerFactory logs, CancellationToken stopping)
    {
        var log = logs.CreateLogger(typeof(SchedulerPulse));
        return Recurring.RunAsync(() => WakeAllAsync(grains), Pause, clock, failure => LogFailed(log, failure), stopping);
    }

    /// <summary>Wakes every part, and returns when each has answered.</summary>
    public static Task WakeAllAsync(IGrainPort grains) => Task.WhenAll(
        Enumerable.Range(0, IScheduler.Partitions).Select(part => grains.CallAsync(
            part.ToString(CultureInfo.InvariantCulture),
            static (IScheduler scheduler, WakeScheduler request) => scheduler.WakeAsync(request),
            new WakeScheduler())));

    [LoggerMessage(LogLevel.Warning, "The scheduler could not be woken. The next time is in a second.")]
    private static partial void LogFailed(ILogger log, Exception exception);
}
