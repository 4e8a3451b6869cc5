using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="ISnapshots"/>
public class Snapshots(ActivationContext context) : ISnapshots, IActivation
{
    private readonly LeaderboardKey _key = LeaderboardKey.Parse(context.Key);

    /// <summary>The board's seasons, the latest first. Whatever changes one of them writes the board's record too, whose version says how old they are.</summary>
    private (int Incarnation, long Version, List<SeasonInfo> Seasons)? _known;

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<SnapshotListOutcome> ListAsync(ListSnapshots request)
    {
        try
        {
            return await ListStoredAsync(request);
        }
        catch (StorageUnavailableException)
        {
            return SnapshotListOutcome.Failed(OutcomeStatus.Unavailable);
        }
    }

    /// <inheritdoc/>
    public async Task<SnapshotOutcome> ReadAsync(ReadSnapshot request)
    {
        try
        {
            var found = await FindAsync(request.Incarnation, request.WindowKey);
            return found is { Season.SealedAt: not null }
                ? found with { Entries = await ReadEntriesAsync(KeyOf(found), await HeadAsync(found), request.Offset, request.Limit) }
                : found;
        }
        catch (StorageUnavailableException)
        {
            return SnapshotOutcome.Failed(OutcomeStatus.Unavailable);
        }
    }

    /// <inheritdoc/>
    public async Task<SnapshotOutcome> FindAsync(FindInSnapshot request)
    {
        try
        {
            var found = await FindAsync(request.Incarnation, request.WindowKey);
            return found is { Season.SealedAt: not null } ? await FindPlayerAsync(found, request.UserId, request.Around) : found;
        }
        catch (StorageUnavailableException)
        {
            return SnapshotOutcome.Failed(OutcomeStatus.Unavailable);
        }
    }

    private static SeasonKey KeyOf(SnapshotOutcome found) => SeasonKey.Parse(found.Season!.Key!);

    private async Task<SnapshotListOutcome> ListStoredAsync(ListSnapshots request)
    {
        if (await ReadBoardAsync(request.Incarnation) is not var (record, incarnation, version))
            return SnapshotListOutcome.Failed(OutcomeStatus.NotFound);
        if (_known is not var (ofIncarnation, asOf, known) || ofIncarnation != incarnation || asOf != version)
            _known = (incarnation, version, known = await BoardRecords.ListSeasonsAsync(context.Store.Records, _key, incarnation));
        var now = Timestamps.Now(context.Clock);
        var isLive = IsLive(record, incarnation);
        var ended = known
            .Where(season => season.SealedAt is not null || (isLive && BoardSeasons.EndOf(season) <= now))
            .Where(season => !(season.EndsAt <= request.From) && !(season.StartsAt >= request.To))
            .ToList();
        var page = ended.Take(request.Limit).Select(season => BoardCalendar.Dated(season, now)).ToList();
        var heads = await context.Store.Records.GetManyAsync([.. page.Select(season => RecordKeys.Final(SeasonKey.Parse(season.Key!)))]);
        var snapshots = page.Zip(heads, (season, head) => new SnapshotInfo(
            season, season.SealedAt is null || head is null ? null : Wire.Deserialize<FinalStandings>(head.Data).Total));
        return new SnapshotListOutcome(OutcomeStatus.Ok, record, ended.Count, [.. snapshots]);
    }

    /// <summary>The window, without entries; its total when it is sealed.</summary>
    private async Task<SnapshotOutcome> FindAsync(int? incarnation, string window)
    {
        if (!Slug.IsValid(window) || await ReadBoardAsync(incarnation) is not var (record, known, _))
            return SnapshotOutcome.Failed(OutcomeStatus.NotFound);
        if (await context.Store.Records.GetAsync(RecordKeys.Season(new SeasonKey(_key, known, window))) is not { } stored)
            return SnapshotOutcome.Failed(OutcomeStatus.NotFound);
        var season = BoardCalendar.Dated(Wire.Deserialize<SeasonInfo>(stored.Data), Timestamps.Now(context.Clock));
        if (season.SealedAt is null && !IsLive(record, known))
            return SnapshotOutcome.Failed(OutcomeStatus.NotFound);
        var found = new SnapshotOutcome(OutcomeStatus.Ok, record, season);
        return season.SealedAt is null ? found : found with { Total = (await HeadAsync(found)).Total };
    }

    private async Task<SnapshotOutcome> FindPlayerAsync(SnapshotOutcome found, string userId, int around)
    {
        var head = await HeadAsync(found);
        var buckets = FinalPlaces.Buckets(head.Total);
        var hash = FinalPlaces.HashOf(userId);
        if (buckets == 0)
            return SnapshotOutcome.Failed(OutcomeStatus.NotFound);
        var bucket = await context.Store.Records.GetAsync(RecordKeys.FinalPlaces(KeyOf(found), head.Generation, FinalPlaces.BucketOf(hash, buckets)));
        foreach (var rank in FinalPlaces.RanksOf((bucket ?? throw Changed(KeyOf(found))).Data, hash))
        {
            var first = Math.Max(0, rank - 1 - around);
            var entries = await ReadEntriesAsync(KeyOf(found), head, first, rank - first + around);
            if (entries.FirstOrDefault(entry => entry.UserId == userId) is { } entry)
                return found with { Entry = entry, Entries = entries };
        }

        return SnapshotOutcome.Failed(OutcomeStatus.NotFound);
    }

    private async Task<FinalStandings> HeadAsync(SnapshotOutcome found) =>
        await context.Store.Records.GetAsync(RecordKeys.Final(KeyOf(found))) is { } head
            ? Wire.Deserialize<FinalStandings>(head.Data)
            : new FinalStandings("", 0, 0);

    private async Task<IReadOnlyList<EntryView>> ReadEntriesAsync(SeasonKey season, FinalStandings head, int offset, int limit)
    {
        var end = Math.Min((long)offset + limit, head.Total);
        List<string> pages = [];
        for (var page = offset / FinalStandingsWriter.PageSize; (long)page * FinalStandingsWriter.PageSize < end; page++)
            pages.Add(RecordKeys.FinalPage(season, head.Generation, page));
        var stored = await context.Store.Records.GetManyAsync(pages);
        return stored.Contains(null)
            ? throw Changed(season)
            : [.. stored.SelectMany(page => Wire.Deserialize<EntryPage>(page!.Data).Entries!).Where(entry => entry.Rank > offset && entry.Rank <= end)];
    }

    /// <summary>Parts that are gone were written anew just now: the next read finds the new ones.</summary>
    private static StorageUnavailableException Changed(SeasonKey season) => new($"The final standings of {season} changed while they were read.");

    private static bool IsLive(LeaderboardRecord record, int incarnation) => !record.Deleted && record.Incarnation == incarnation;

    private async Task<(LeaderboardRecord Record, int Incarnation, long Version)?> ReadBoardAsync(int? incarnation)
    {
        if (await context.Store.Records.GetAsync(RecordKeys.Leaderboard(_key)) is not { } stored)
            return null;
        var record = Wire.Deserialize<LeaderboardRecord>(stored.Data);
        var asked = incarnation ?? record.Incarnation;
        return asked >= 1 && asked <= record.Incarnation ? (record, asked, stored.Version) : null;
    }
}
