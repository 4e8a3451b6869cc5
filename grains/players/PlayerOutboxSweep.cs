using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Wakes the parts of players registers that still have to tell seasons something, after a crash or when nobody else calls them. Every
/// host runs it at its start and once a minute.
/// </summary>
public static class PlayerOutboxSweep
{
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

    /// <summary>A question about no subject, whose answer costs nothing.</summary>
    private static readonly ResolveSubjects Nobody = new(null, true, []);

    private static PlayersKey PartOf(string key)
    {
        var tenantEnd = key.IndexOf('/', PlayerMarker.All.Length);
        var partEnd = key.IndexOf('/', tenantEnd + 1);
        return PlayersKey.Parse(key[PlayerMarker.All.Length..partEnd]);
    }
}
