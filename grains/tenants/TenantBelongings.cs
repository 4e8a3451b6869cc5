using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>What goes with a tenant: its keys, its teams, then its boards, each through its own grain so that whoever uses it learns of it.</summary>
internal sealed class TenantBelongings(ActivationContext context, string tenant)
{
    private const int PageSize = 100;
    private const int AtOnce = 8;
    private const int Passes = 3;

    /// <summary>
    /// Removes all there is, and looks again for what was made meanwhile. Costs a call for each key and board; boards deleted before are
    /// read once more.
    /// </summary>
    /// <returns>False when something could not be removed, or more was made all the time: asking again continues.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<bool> RemoveAsync()
    {
        for (var pass = 1; pass <= Passes; pass++)
        {
            var keys = await RemoveAllAsync(RecordKeys.ApiKeysOf(tenant), RevokeAsync);
            var teams = await RemoveAllAsync(RecordKeys.TeamsOf(tenant), DeleteTeamAsync);
            var boards = await RemoveAllAsync(RecordKeys.LeaderboardsOf(tenant), DeleteAsync);
            if (keys is null || teams is null || boards is null)
                return false;
            if (keys + teams + boards == 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether there are players or boards, deleted ones too: what a tenant leaves behind when it is deleted.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<bool> AreKeptAsync()
    {
        foreach (var prefix in (string[])[RecordKeys.LeaderboardsOf(tenant), RecordKeys.PlayersOf(tenant)])
        {
            if ((await context.Store.Records.ListAsync(prefix, null, 1)).Count > 0)
                return true;
        }

        return false;
    }

    /// <summary>Removes what is listed under a prefix.</summary>
    /// <returns>How many were there to be removed, null when one could not be.</returns>
    private async Task<int?> RemoveAllAsync(string prefix, Func<StoredRecord, Task<OutcomeStatus?>> remove)
    {
        var removed = 0;
        string? after = null;
        while (await context.Store.Records.ListAsync(prefix, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var some in page.Chunk(AtOnce))
            {
                var outcomes = await Task.WhenAll(some.Select(remove));
                if (outcomes.Any(outcome => outcome is not (null or OutcomeStatus.Ok or OutcomeStatus.NotFound)))
                    return null;
                removed += outcomes.Count(outcome => outcome is not null);
            }

            after = page[^1].Key;
        }

        return removed;
    }

    private async Task<OutcomeStatus?> RevokeAsync(StoredRecord index)
    {
        var keyId = index.Key[RecordKeys.ApiKeysOf(tenant).Length..];
        var revoked = await context.Grains.CallAsync<IApiKey, RevokeApiKey, ApiKeyOutcome>(
            keyId, static (key, request) => key.RevokeAsync(request), new RevokeApiKey(tenant));
        return revoked.Status;
    }

    private async Task<OutcomeStatus?> DeleteTeamAsync(StoredRecord index)
    {
        var deleted = await context.Grains.CallAsync<ITeam, DeleteTeam, TeamOutcome>(
            index.Key[RecordKeys.TeamsOf(tenant).Length..], static (team, request) => team.DeleteAsync(request), new DeleteTeam(tenant));
        return deleted.Status;
    }

    /// <returns>Null for a board deleted before, whose record stays.</returns>
    private async Task<OutcomeStatus?> DeleteAsync(StoredRecord stored)
    {
        var record = Wire.Deserialize<LeaderboardRecord>(stored.Data);
        if (record.Deleted)
            return null;

        var deleted = await context.Grains.CallAsync<ILeaderboard, DeleteLeaderboard, LeaderboardOutcome>(
            new LeaderboardKey(tenant, record.LeaderboardId).ToString(), static (board, request) => board.DeleteAsync(request), new DeleteLeaderboard(RequestIds.Next()));
        return deleted.Status;
    }
}
