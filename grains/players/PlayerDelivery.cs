using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Brings changes of the register to the seasons they concern. Repeating is harmless: seasons ignore what is not newer than what they
/// know.
/// </summary>
internal sealed class PlayerDelivery(ActivationContext context, PlayersKey part)
{
    /// <summary>The most players a delivery takes.</summary>
    public const int Most = 1000;

    private const int SeasonsAtOnce = 8;
    private const int ListsAtOnce = 32;
    private const int RecordsAtOnce = 1000;

    private IRecordStore Records => context.Store.Records;

    /// <summary>
    /// Tells every season in which one of the players stands how its record is now, and then deletes their notes from the outbox. Of a
    /// new name alone seasons sealed before it are not told: all that a tenant ever had would have to be loaded. Costs a listing for each player, a
    /// read for each season in which somebody has a new name, and a call for each that is told.
    /// </summary>
    /// <returns>Whether all of it arrived; what did not is still in the outbox.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<bool> DeliverAsync(IReadOnlyList<PlayerMarker> markers)
    {
        var addressees = await FindAsync(markers);
        var unreached = await TellAsync(addressees);

        List<RecordWrite> done = [];
        var complete = true;
        foreach (var addressee in addressees)
        {
            if (addressee.Standings.Exists(standing => unreached.Contains(standing.Season)))
                complete = false;
            else if (addressee.Change.Erased && !await LeaveAsync(addressee))
                complete = false;
            else
                done.AddRange(addressee.Markers.Select(marker => marker.DeleteFrom(part)));
        }

        return await CommitAsync(done) && complete;
    }

    /// <summary>Where each player must be heard of.</summary>
    private async Task<List<Addressee>> FindAsync(IReadOnlyList<PlayerMarker> markers)
    {
        var players = markers.GroupBy(marker => marker.UserId).ToArray();
        var stored = await Records.GetManyAsync([.. players.Select(player => RecordKeys.Player(part.Tenant, player.Key))]);

        List<Addressee> addressees = [];
        foreach (var some in players.Index().Chunk(ListsAtOnce))
        {
            addressees.AddRange(await Task.WhenAll(some.Select(async player =>
            {
                var userId = player.Item.Key;
                var record = StoredPlayer.Read(userId, stored[player.Index]);
                var standings = await Standing.ListAsync(Records, part.Tenant, userId);
                var covered = player.Item.Where(marker => marker.Version <= record.Version || !record.Exists);
                return new Addressee(new(record.FactsOf(userId), Erased: record.Player is null), standings, [.. covered]);
            })));
        }

        await PassOverSealedAsync([.. addressees.Where(addressee => !addressee.Change.Erased && addressee.Markers.All(marker => marker.RenamedAt is not null))]);
        return addressees;
    }

    private async Task PassOverSealedAsync(List<Addressee> renamed)
    {
        Dictionary<string, long> sealings = [];
        foreach (var some in renamed.SelectMany(addressee => addressee.Standings).Select(standing => standing.Season).Distinct().Chunk(RecordsAtOnce))
        {
            var stored = await Records.GetManyAsync([.. some.Select(season => RecordKeys.Season(SeasonKey.Parse(season)))]);
            foreach (var (season, record) in some.Zip(stored))
            {
                if (record is not null && Wire.Deserialize<SeasonInfo>(record.Data).SealedAt is { } sealedAt)
                    sealings.Add(season, Timestamps.From(sealedAt));
            }
        }

        foreach (var addressee in renamed)
        {
            var since = addressee.Markers.Min(marker => marker.RenamedAt);
            addressee.Standings.RemoveAll(standing => sealings.TryGetValue(standing.Season, out var at) && at < since);
        }
    }

    /// <summary>Calls the seasons, some at a time.</summary>
    /// <returns>Those that did not take it.</returns>
    private async Task<HashSet<string>> TellAsync(List<Addressee> addressees)
    {
        Dictionary<string, List<PlayerChange>> changes = [];
        foreach (var addressee in addressees)
        {
            foreach (var season in addressee.Standings.Select(standing => standing.Season).Distinct())
            {
                if (!changes.TryGetValue(season, out var ofSeason))
                    changes.Add(season, ofSeason = []);
                ofSeason.Add(addressee.Change);
            }
        }

        HashSet<string> unreached = [];
        foreach (var some in changes.Chunk(SeasonsAtOnce))
        {
            var answers = await Task.WhenAll(some.Select(season => context.Grains.CallAsync(
                season.Key,
                static (ISeason grain, PlayerChanges request) => grain.ApplyPlayerChangesAsync(request),
                new PlayerChanges(season.Value))));

            foreach (var ((season, _), answer) in some.Zip(answers))
            {
                // A season that is gone shows nobody.
                if (answer.Status is not (OutcomeStatus.Ok or OutcomeStatus.NotFound))
                    unreached.Add(season);
            }
        }

        return unreached;
    }

    /// <summary>Forgets where an erased player stood. Standings that were told of the erasure are of somebody new.</summary>
    private async Task<bool> LeaveAsync(Addressee addressee)
    {
        var former = addressee.Standings.Where(standing => standing.Told < addressee.Change.Facts.Version);
        foreach (var some in former.Chunk(RecordsAtOnce))
        {
            if (!await CommitAsync([.. some.Select(standing => new RecordWrite(standing.Key, null, null))]))
                return false;
        }

        return true;
    }

    private async Task<bool> CommitAsync(List<RecordWrite> writes) =>
        writes.Count == 0 || await Records.CommitAsync(writes) == WriteOutcome.Committed;

    /// <summary>A player, what is to be said of them, where, and the notes that asked for it.</summary>
    private sealed record Addressee(PlayerChange Change, List<Standing> Standings, PlayerMarker[] Markers);
}
