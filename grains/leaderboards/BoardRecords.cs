using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// A leaderboard's small records as this activation knows them: the board's own, and the season it opened last. Each write is a
/// compare-and-set; after one that was lost or whose outcome is unknown, the records are read again before they are used.
/// </summary>
internal sealed class BoardRecords(IRecordStore store, LeaderboardKey key)
{
    private long _recordVersion;
    private long _latestVersion;
    private bool _isFresh;
    private Task _committing = Task.CompletedTask;

    /// <summary>Counts readings and writings: who awaited one sees whether another came between.</summary>
    public int Generation { get; private set; }

    /// <summary>The board; null when there never was one. It may be deleted.</summary>
    public LeaderboardRecord? Record { get; private set; }

    /// <summary>The board when there is one.</summary>
    public LeaderboardRecord? Live => Record is { Deleted: false } ? Record : null;

    /// <summary>The season of the present incarnation that was opened last; null for none.</summary>
    public SeasonInfo? Latest { get; private set; }

    /// <summary>What is known may be outdated, by another activation: it is read again before it is used.</summary>
    public void Doubt() => _isFresh = false;

    /// <summary>Reads the records unless they are known.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task RefreshAsync()
    {
        while (!_isFresh)
        {
            // What is being written is not there yet, and known afterwards.
            await _committing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            if (_isFresh)
                return;
            var generation = Generation;
            var stored = await store.GetManyAsync([RecordKeys.Leaderboard(key), RecordKeys.LatestSeason(key)]);
            if (_isFresh || generation != Generation)
                continue;
            Record = stored[0] is { } record ? Wire.Deserialize<LeaderboardRecord>(record.Data) : null;
            Latest = stored[1] is { } latest ? Wire.Deserialize<SeasonInfo>(latest.Data) : null;
            _recordVersion = stored[0]?.Version ?? 0;
            _latestVersion = stored[1]?.Version ?? 0;
            DropFormerSeason();
            _isFresh = true;
            Generation++;
        }
    }

    /// <summary>Writes the board's record.</summary>
    /// <param name="record">Its new content.</param>
    /// <param name="first">The season that a new board begins with, and what is due of it.</param>
    public Task<WriteOutcome> PutAsync(LeaderboardRecord record, (SeasonInfo Season, IEnumerable<RecordWrite> Due)? first = null)
    {
        List<RecordWrite> writes =
        [
            new(RecordKeys.Leaderboard(key), _recordVersion, Wire.Serialize(record)),
            new(RecordKeys.LiveLeaderboard(key), null, record.Deleted ? null : []),
            new(RecordKeys.BoardsVersion(key.Tenant), null, []),
        ];
        if (Record is { } former && former.Incarnation != record.Incarnation)
            writes.Add(new(RecordKeys.FormerLeaderboard(key, former.Incarnation), null, Wire.Serialize(former)));
        if (first is { } begun)
        {
            writes.Add(new(RecordKeys.LatestSeason(key), _latestVersion, Wire.Serialize(begun.Season)));
            writes.Add(Write(begun.Season));
            writes.AddRange(begun.Due);
        }

        return CommitAsync(writes, () =>
        {
            Record = record;
            _recordVersion++;
            DropFormerSeason();
            if (first is null)
                return;
            Latest = first.Value.Season;
            _latestVersion++;
        });
    }

    /// <summary>Writes seasons, new or changed.</summary>
    /// <param name="asOf">The generation of the records that they were made from; a later one has the commit lost.</param>
    /// <param name="seasons">At most a hundred.</param>
    /// <param name="latest">The latest season from now on; null when that is the same as before.</param>
    /// <param name="due">What becomes due of them, and what is not any more.</param>
    public Task<WriteOutcome> PutSeasonsAsync(int asOf, IReadOnlyCollection<SeasonInfo> seasons, SeasonInfo? latest, IEnumerable<RecordWrite> due)
    {
        if (asOf != Generation)
            return Task.FromResult(WriteOutcome.Lost);
        // The board's record is written unchanged, so that no season opens on a board that was deleted or closed meanwhile.
        List<RecordWrite> writes = [new(RecordKeys.Leaderboard(key), _recordVersion, Wire.Serialize(Record!)), .. seasons.Select(Write), .. due];
        if (latest is not null)
            writes.Add(new(RecordKeys.LatestSeason(key), _latestVersion, Wire.Serialize(latest)));
        return CommitAsync(writes, () => Wrote(latest));
    }

    /// <summary>An incarnation of the board, null when there never was one. One that is not the present one is deleted.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<LeaderboardRecord?> FindIncarnationAsync(int incarnation)
    {
        if (Record?.Incarnation == incarnation)
            return Record;
        var stored = await store.GetAsync(RecordKeys.FormerLeaderboard(key, incarnation));
        return stored is null ? null : Wire.Deserialize<LeaderboardRecord>(stored.Data);
    }

    /// <summary>The season of a window, null when it was never opened.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<SeasonInfo?> FindSeasonAsync(int incarnation, string window)
    {
        if (Latest is { } latest && latest.WindowKey == window && Record?.Incarnation == incarnation)
            return latest;
        var stored = await store.GetAsync(RecordKeys.Season(new SeasonKey(key, incarnation, window)));
        return stored is null ? null : Wire.Deserialize<SeasonInfo>(stored.Data);
    }

    /// <summary>The seasons of some windows of the present incarnation, null for those that were never opened.</summary>
    /// <param name="windows">At most a hundred.</param>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<List<SeasonInfo?>> FindSeasonsAsync(IEnumerable<string> windows) =>
        [.. (await ReadSeasonsAsync(windows)).Select(record => record is null ? null : Wire.Deserialize<SeasonInfo>(record.Data))];

    /// <summary>All seasons of the present incarnation, the latest first.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public Task<List<SeasonInfo>> ListSeasonsAsync() => ListSeasonsAsync(store, key, Record!.Incarnation);

    /// <summary>All seasons of an incarnation of a board, the latest first. A read of the store for each thousand.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public static async Task<List<SeasonInfo>> ListSeasonsAsync(IRecordStore store, LeaderboardKey key, int incarnation)
    {
        const int page = 1000;
        List<SeasonInfo> seasons = [];
        string? after = null;
        while (true)
        {
            var stored = await store.ListAsync(RecordKeys.SeasonsOf(key, incarnation), after, page);
            seasons.AddRange(stored.Select(record => Wire.Deserialize<SeasonInfo>(record.Data)));
            if (stored.Count < page)
                return [.. seasons.OrderByDescending(season => season.StartsAt).ThenBy(season => season.WindowKey, StringComparer.Ordinal)];
            after = stored[^1].Key;
        }
    }

    /// <summary>Changes seasons of the present incarnation as the store has them, all or none.</summary>
    /// <param name="windows">Their windows, at most a hundred; those that were never opened are passed over.</param>
    /// <param name="change">The season as it shall be; the same when nothing changes.</param>
    /// <returns>Committed also when there is nothing to write.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<WriteOutcome> ChangeSeasonsAsync(IEnumerable<string> windows, Func<SeasonInfo, SeasonInfo> change)
    {
        var stored = await ReadSeasonsAsync(windows);
        List<RecordWrite> writes = [new(RecordKeys.Leaderboard(key), _recordVersion, Wire.Serialize(Record!))];
        SeasonInfo? latest = null;
        foreach (var record in stored.OfType<StoredRecord>())
        {
            var present = Wire.Deserialize<SeasonInfo>(record.Data);
            var changed = change(present);
            if (changed == present)
                continue;
            writes.Add(new(record.Key, record.Version, Wire.Serialize(changed)));
            if (changed.WindowKey == Latest?.WindowKey)
                latest = changed;
        }

        if (writes.Count == 1)
            return WriteOutcome.Committed;
        if (latest is not null)
            writes.Add(new(RecordKeys.LatestSeason(key), _latestVersion, Wire.Serialize(latest)));
        return await CommitAsync(writes, () => Wrote(latest));
    }

    private Task<StoredRecord?[]> ReadSeasonsAsync(IEnumerable<string> windows)
    {
        var incarnation = Record!.Incarnation;
        return store.GetManyAsync([.. windows.Select(window => RecordKeys.Season(new SeasonKey(key, incarnation, window)))]);
    }

    private static RecordWrite Write(SeasonInfo season) => new(RecordKeys.Season(SeasonKey.Parse(season.Key!)), null, Wire.Serialize(season));

    private Task<WriteOutcome> CommitAsync(List<RecordWrite> writes, Action apply)
    {
        var committing = CommitNowAsync(writes, apply);
        _committing = committing;
        return committing;
    }

    private async Task<WriteOutcome> CommitNowAsync(List<RecordWrite> writes, Action apply)
    {
        // Until the outcome is known nobody else may build on what is known now.
        _isFresh = false;
        var generation = ++Generation;
        var outcome = await store.CommitAsync(writes);
        var alone = generation == Generation;
        if (outcome == WriteOutcome.Committed && alone)
            apply();
        _isFresh = outcome == WriteOutcome.Committed && alone;
        Generation++;
        return outcome;
    }

    private void Wrote(SeasonInfo? latest)
    {
        _recordVersion++;
        if (latest is null)
            return;
        Latest = latest;
        _latestVersion++;
    }

    private void DropFormerSeason()
    {
        if (Latest?.Key is { } latest && SeasonKey.Parse(latest).Incarnation != Record?.Incarnation)
            Latest = null;
    }
}
