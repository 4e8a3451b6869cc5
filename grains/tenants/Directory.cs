using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Lists what there is. A call counts the prefix, passes over <c>offset</c> keys a thousand at a time, and reads the page's records
/// at once; since that grows with the offset, pages beyond <see cref="DeepestOffset"/> are refused. Boards of all tenants are in the order
/// of their keys <c>tenant/board</c>.
/// </summary>
public class Directory(ActivationContext context) : IDirectory, IActivation
{
    /// <summary>The greatest offset of a page that has something on it: 100 short reads of the index.</summary>
    public const int DeepestOffset = 100_000;

    private const int LargestPage = 1000;

    private IRecordStore Records => context.Store.Records;

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TenantListOutcome> ListTenantsAsync(ListTenants request) => ReadTenantsAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<LeaderboardListOutcome> ListLeaderboardsAsync(ListLeaderboards request) => ReadLeaderboardsAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<ApiKeyListOutcome> ListApiKeysAsync(ListApiKeys request) => ReadApiKeysAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<TeamListOutcome> ListTeamsAsync(ListTeams request) => ReadTeamsAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<KeysVersion> GetKeysVersionAsync(GetKeysVersion request) => ReadKeysVersionAsync().OrUnavailable();

    /// <inheritdoc/>
    public async Task<Acknowledgement> CheckStoreAsync(CheckStore request) =>
        await context.Store.CheckAsync() ? Acknowledgement.Ok : Acknowledgement.Failed(OutcomeStatus.Unavailable);

    private async Task<TenantListOutcome> ReadTenantsAsync(ListTenants request)
    {
        var (status, total, page) = await ReadAsync(RecordKeys.Tenants, request.Offset, request.Limit);
        return new(status, total, [.. page.Select(record => Wire.Deserialize<TenantRecord>(record.Data))]);
    }

    private async Task<LeaderboardListOutcome> ReadLeaderboardsAsync(ListLeaderboards request)
    {
        var prefix = request.Tenant is { } tenant ? RecordKeys.LiveLeaderboardsOf(tenant) : RecordKeys.LiveLeaderboards;
        var (status, total, index) = await ReadAsync(prefix, request.Offset, request.Limit);
        var boards = await ReadNamedAsync<LeaderboardRecord>(
            index, entry => RecordKeys.Leaderboard(LeaderboardKey.Parse(entry[RecordKeys.LiveLeaderboards.Length..])));
        return new(status, total, [.. boards.Where(board => !board.Deleted)]);
    }

    private async Task<ApiKeyListOutcome> ReadApiKeysAsync(ListApiKeys request)
    {
        var prefix = RecordKeys.ApiKeysOf(request.Tenant);
        var (status, total, index) = await ReadAsync(prefix, request.Offset, request.Limit);
        return new(status, total, await ReadNamedAsync<ApiKeyRecord>(index, entry => RecordKeys.ApiKey(entry[prefix.Length..])));
    }

    private async Task<TeamListOutcome> ReadTeamsAsync(ListTeams request)
    {
        var prefix = RecordKeys.TeamsOf(request.Tenant);
        var (status, total, index) = request.After is { } team
            ? (OutcomeStatus.Ok, 0, await Records.ListAsync(prefix, prefix + team, Math.Clamp(request.Limit, 1, LargestPage)))
            : await ReadAsync(prefix, request.Offset, request.Limit);
        return new(status, total, await ReadNamedAsync<TeamRecord>(index, entry => RecordKeys.Team(entry[prefix.Length..])));
    }

    private async Task<KeysVersion> ReadKeysVersionAsync() =>
        new(OutcomeStatus.Ok, (await Records.GetAsync(RecordKeys.KeysVersion))?.Version ?? 0);

    /// <summary>One page of the records under a prefix, and how many there are.</summary>
    private async Task<(OutcomeStatus Status, int Total, IReadOnlyList<StoredRecord> Page)> ReadAsync(string prefix, int offset, int limit)
    {
        if (offset < 0 || limit is < 1 or > LargestPage)
            return (OutcomeStatus.Invalid, 0, []);

        var total = await Records.CountAsync(prefix);
        if (offset >= total)
            return (OutcomeStatus.Ok, total, []);
        if (offset > DeepestOffset)
            return (OutcomeStatus.Invalid, total, []);

        string? after = null;
        for (var toSkip = offset; toSkip > 0;)
        {
            var skipped = await Records.ListAsync(prefix, after, Math.Min(toSkip, LargestPage));
            if (skipped.Count == 0)
                return (OutcomeStatus.Ok, total, []);
            after = skipped[^1].Key;
            toSkip -= skipped.Count;
        }

        return (OutcomeStatus.Ok, total, await Records.ListAsync(prefix, after, limit));
    }

    /// <summary>The records that index entries stand for. One removed since the index was read is left out.</summary>
    private async Task<IReadOnlyList<TRecord>> ReadNamedAsync<TRecord>(IReadOnlyList<StoredRecord> index, Func<string, string> keyOf)
        where TRecord : class
    {
        if (index.Count == 0)
            return [];

        var records = await Records.GetManyAsync([.. index.Select(entry => keyOf(entry.Key))]);
        return [.. records.Where(IsRecord).Select(record => Wire.Deserialize<TRecord>(record!.Data))];
    }

    private static bool IsRecord(StoredRecord? record) => record is not null && record.Data.AsSpan().StartsWith("{"u8);
}
