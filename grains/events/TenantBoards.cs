using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// The tenant's active boards that score events. One read of the store says whether any board was made, changed or deleted since the
/// last look; only then are they read.
/// </summary>
internal sealed class TenantBoards(IRecordStore records, string tenant)
{
    private const int PageSize = 1000;

    private Dictionary<string, EventBoard> _boards = [];
    private long _version = -1;

    /// <summary>The boards as they are now, by id.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<IReadOnlyCollection<EventBoard>> ReadAsync()
    {
        var version = (await records.GetAsync(RecordKeys.BoardsVersion(tenant)))?.Version ?? 0;
        if (version != _version)
        {
            _boards = await ReadAllAsync();
            _version = version;
        }

        return _boards.Values;
    }

    private async Task<Dictionary<string, EventBoard>> ReadAllAsync()
    {
        Dictionary<string, EventBoard> boards = [];
        string? after = null;
        while (await records.ListAsync(RecordKeys.LiveLeaderboardsOf(tenant), after, PageSize) is { Count: > 0 } page)
        {
            var keys = page.Select(live => RecordKeys.Leaderboard(LeaderboardKey.Parse(live.Key[RecordKeys.LiveLeaderboards.Length..])));
            foreach (var stored in await records.GetManyAsync([.. keys]))
            {
                if (stored is not null && Wire.Deserialize<LeaderboardRecord>(stored.Data) is var record && ScoresEvents(record))
                    boards.Add(record.LeaderboardId, Known(record) ?? new EventBoard(record));
            }

            after = page[^1].Key;
        }

        return boards;
    }

    private static bool ScoresEvents(LeaderboardRecord record) =>
        record is { Deleted: false, Status: LeaderboardStatus.Active, Config.Scoring.Rules.Count: > 0 };

    private EventBoard? Known(LeaderboardRecord record) =>
        _boards.TryGetValue(record.LeaderboardId, out var known) && known.Record.Incarnation == record.Incarnation ? known : null;
}
