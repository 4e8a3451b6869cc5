using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/v1/snapshots/{tenant_id}/{leaderboard_id}</c></summary>
internal sealed class SnapshotRoutes(IGrainPort port)
{
    private const string WindowParameter = "window_key";
    private const int AtOnce = 8;
    private const int UsualNeighbours = 5;
    private const int MostNeighbours = 100;
    private const KeyKinds PlayersKinds = KeyKinds.Board | KeyKinds.Embed;

    public async Task<Reply> ListAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var query = new QueryReader(context.Request.Query);
        var request = new ListSnapshots(query.Incarnation(), query.Instant("from"), query.Instant("to"), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var found = await port.ListSnapshotsAsync(key, request);
        if (Refuse(context, key, null, found.Status, found.Record) is { } refusal)
            return refusal;
        List<SnapshotBody> snapshots = [];
        foreach (var some in found.Snapshots!.Chunk(AtOnce))
        {
            var totals = await Task.WhenAll(some.Select(async snapshot => snapshot.Total ?? await CountAsync(snapshot.Season)));
            if (totals.Contains(null))
                return Reply.Unavailable;
            snapshots.AddRange(some.Zip(totals, static (snapshot, total) => new SnapshotBody(
                snapshot.Season.WindowKey, snapshot.Season.StartsAt, snapshot.Season.EndsAt, total!.Value, snapshot.Season.SealedAt is not null)));
        }

        return Reply.Ok(new SnapshotListBody(key.Board, key.Tenant, found.Total, snapshots), PhoenixJson.Shared.SnapshotListBody);
    }

    public async Task<Reply> PageAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var query = new QueryReader(context.Request.Query);
        var window = RouteIds.Value(context, WindowParameter);
        var request = new ReadSnapshot(query.Incarnation(), window, query.Offset(), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var found = await port.ReadSnapshotAsync(key, request);
        if (found is { Status: OutcomeStatus.Ok, Entries: null })
            found = await ReadLiveAsync(found, request);
        if (Refuse(context, key, window, found.Status, found.Record) is { } refusal)
            return refusal;
        var season = found.Season!;
        var body = new SnapshotPageBody(
            key.Board, key.Tenant, season.WindowKey, season.StartsAt, season.EndsAt, found.Total, season.SealedAt is not null,
            StandingBody.Of(found.Entries!), request.Limit, request.Offset);
        return Reply.Ok(body, PhoenixJson.Shared.SnapshotPageBody);
    }

    public async Task<Reply> UserAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        if (!RouteIds.TryGetUser(context, out var userId))
            return RouteIds.InvalidUser();
        var query = new QueryReader(context.Request.Query);
        var window = RouteIds.Value(context, WindowParameter);
        var request = new FindInSnapshot(query.Incarnation(), window, userId, query.Whole("around", UsualNeighbours, 0, MostNeighbours));
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var found = await port.FindInSnapshotAsync(key, request);
        if (found is { Status: OutcomeStatus.Ok, Entries: null })
            found = await FindLiveAsync(found, request);
        if (Refuse(context, key, window, found.Status, found.Record) is { } refusal)
            return found.Status == OutcomeStatus.NotFound ? SeasonReader.NoEntry(key) : refusal;
        var season = found.Season!;
        var body = new SnapshotUserBody(
            key.Board, key.Tenant, season.WindowKey, season.StartsAt, season.EndsAt, found.Total, season.SealedAt is not null,
            StandingBody.Of(found.Entry!), StandingBody.Of(found.Entries!));
        return Reply.Ok(body, PhoenixJson.Shared.SnapshotUserBody);
    }

    private static Reply? Refuse(HttpContext context, LeaderboardKey key, string? window, OutcomeStatus status, LeaderboardRecord? record)
    {
        if (status == OutcomeStatus.NotFound)
            return SeasonReader.NoWindow(key, window);
        if (status != OutcomeStatus.Ok)
            return Refusals.Of(status, $"Leaderboard '{key.Board}'");
        var isPlayer = (context.Features.GetRequiredFeature<Caller>().Kind & PlayersKinds) != 0;
        return isPlayer && record!.Status == LeaderboardStatus.Inactive ? SeasonReader.NoWindow(key, null) : null;
    }

    /// <summary>How many a window lists that is not sealed yet; null when its season does not answer.</summary>
    private async Task<int?> CountAsync(SeasonInfo season)
    {
        if (season.Unused)
            return 0;
        var page = await port.ReadPageAsync(season.Key!, new ReadPage(0, 1));
        return page.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound ? page.Total : null;
    }

    /// <summary>The standings so far.</summary>
    private async Task<SnapshotOutcome> ReadLiveAsync(SnapshotOutcome found, ReadSnapshot request)
    {
        if (found.Season!.Unused)
            return found with { Entries = [] };
        var page = await port.ReadPageAsync(found.Season.Key!, new ReadPage(request.Offset, request.Limit));
        return page.Status == OutcomeStatus.Ok ? found with { Total = page.Total, Entries = page.Entries } : SnapshotOutcome.Failed(page.Status);
    }

    private async Task<SnapshotOutcome> FindLiveAsync(SnapshotOutcome found, FindInSnapshot request)
    {
        if (found.Season!.Unused)
            return SnapshotOutcome.Failed(OutcomeStatus.NotFound);
        var entry = await port.ReadEntryAsync(found.Season.Key!, new ReadEntry(request.UserId, request.Around));
        return entry.Status == OutcomeStatus.Ok
            ? found with { Total = entry.Total, Entry = entry.Entry, Entries = entry.Neighbours ?? [entry.Entry!] }
            : SnapshotOutcome.Failed(entry.Status);
    }
}
