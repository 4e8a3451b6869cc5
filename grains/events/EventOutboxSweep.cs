using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>Wakes the intakes that may have events to deliver, after a crash.</summary>
public static partial class EventOutboxSweep
{
    private const int PageSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps at once and then every minute, as every host does. Ends when it is cancelled, and never fails.</summary>
    public static Task KeepAsync(IStore store, IGrainPort grains, TimeProvider clock, ILoggerFactory logs, CancellationToken stopping)
    {
        var log = logs.CreateLogger(typeof(EventOutboxSweep));
        return Recurring.RunAsync(() => RunAsync(store, grains), Pause, clock, failure => LogFailed(log, failure), stopping);
    }

    /// <summary>Has each such intake deliver what it has. Costs a short read of the store, and a call for each that is marked.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer; run it again later.</exception>
    public static async Task RunAsync(IStore store, IGrainPort grains)
    {
        string? after = null;
        while (await store.Records.ListAsync(RecordKeys.EventOutboxes, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var marker in page)
            {
                await grains.CallAsync(
                    marker.Key[RecordKeys.EventOutboxes.Length..],
                    static (IEventIntake intake, DrainEvents request) => intake.DrainAsync(request),
                    new DrainEvents());
            }

            after = page[^1].Key;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Events that wait to be delivered could not be looked for. The next look is in a minute.")]
    private static partial void LogFailed(ILogger log, Exception exception);
}
