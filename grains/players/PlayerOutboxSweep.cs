using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Wakes the parts of players registers that still have to tell seasons something, after a crash or when nobody else calls them.
/// </summary>
public static partial class PlayerOutboxSweep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>A question about no subject, whose answer costs nothing.</summary>
    private static readonly ResolveSubjects Nobody = new(null, true, []);

    /// <summary>Sweeps at once and then every minute, as every host does. Ends when it is cancelled, and never fails.</summary>
    public static Task KeepAsync(IStore store, IGrainPort grains, TimeProvider clock, ILoggerFactory logs, CancellationToken stopping)
    {
        var log = logs.CreateLogger(typeof(PlayerOutboxSweep));
        return Recurring.RunAsync(() => RunAsync(store, grains), Pause, clock, failure => LogFailed(log, failure), stopping);
    }

    /// <summary>
    /// Activates each part that has notes in its outbox; it delivers them by itself. Costs one short read of the store when there are none,
    /// and one with a call for each part that has some.
    /// </summary>
    /// <returns>How many parts were woken.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer; run it again later.</exception>
    public static async Task<int> RunAsync(IStore store, IGrainPort grains)
    {
        var woken = 0;
        string? after = null;
        while (await store.Records.ListAsync(PlayerMarker.All, after, 1) is [var note])
        {
            var part = PartOf(note.Key);
            await grains.CallAsync(part.ToString(), static (IPlayers players, ResolveSubjects request) => players.ResolveAsync(request), Nobody);
            woken++;
            // The character after the slash that ends the part: behind all of its notes and before those of any other part.
            after = $"{PlayerMarker.All}{part}{(char)('/' + 1)}";
        }

        return woken;
    }

    private static PlayersKey PartOf(string key)
    {
        var tenantEnd = key.IndexOf('/', PlayerMarker.All.Length);
        var partEnd = key.IndexOf('/', tenantEnd + 1);
        return PlayersKey.Parse(key[PlayerMarker.All.Length..partEnd]);
    }

    [LoggerMessage(LogLevel.Warning, "The outboxes of the players registers could not be looked through. The next look is in a minute.")]
    private static partial void LogFailed(ILogger log, Exception exception);
}
