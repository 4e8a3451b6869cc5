using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>How many boards a tenant has and how many entries stand on them; where there are many boards, counted at most once in five seconds.</summary>
internal sealed class PlanUsage(IGrainPort port, BoardRoutes routes, TimeProvider clock)
{
    /// <summary>So many boards are counted each time: it costs a call each.</summary>
    private const int FewBoards = 20;

    private const int PageSize = 200;
    private const int AtOnce = 8;
    private const int MostRemembered = 4096;

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (TenantCounts Counts, long At)> _held = new(StringComparer.Ordinal);

    /// <summary>The counts; null when a board does not answer.</summary>
    /// <param name="fresh">Counts, whatever is remembered.</param>
    public async Task<TenantCounts?> CountAsync(string tenant, bool fresh = false)
    {
        if (!fresh && _held.TryGetValue(tenant, out var held) && clock.GetElapsedTime(held.At) < Freshness)
            return held.Counts;

        var at = clock.GetTimestamp();
        var counts = new TenantCounts(0, 0);
        for (var offset = 0; ; offset += PageSize)
        {
            var page = await port.CallAsync<IDirectory, ListLeaderboards, LeaderboardListOutcome>(
                IDirectory.Key, static (directory, request) => directory.ListLeaderboardsAsync(request), new ListLeaderboards(tenant, offset, PageSize));
            if (page.Status != OutcomeStatus.Ok)
                return null;
            foreach (var some in page.Leaderboards!.Chunk(AtOnce))
            {
                var entries = await Task.WhenAll(some.Select(board => CountEntriesAsync(new LeaderboardKey(tenant, board.LeaderboardId))));
                if (entries.Contains(null))
                    return null;
                counts = new TenantCounts(page.Total, counts.Entries + entries.Sum(static count => count!.Value));
            }

            if (offset + PageSize >= page.Total)
                break;
        }

        if (_held.Count >= MostRemembered)
            _held.Clear();
        if (counts.Leaderboards > FewBoards)
            _held[tenant] = (counts, at);
        return counts;
    }

    private async Task<int?> CountEntriesAsync(LeaderboardKey board)
    {
        var route = await routes.ForReadAsync(board);
        if (route.Status == OutcomeStatus.NotFound || route is { Status: OutcomeStatus.Ok, Season.Key: null } or { Status: OutcomeStatus.Ok, Season: null })
            return 0;
        if (route.Status != OutcomeStatus.Ok)
            return null;
        var page = await port.CallAsync<ISeason, ReadPage, EntryPage>(
            route.Season!.Key!, static (season, request) => season.ReadPageAsync(request), new ReadPage(0, 1));
        return page.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound ? page.Total : null;
    }
}

/// <summary>What a tenant has.</summary>
internal sealed record TenantCounts(long Leaderboards, long Entries);
