using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/v1/leaderboards/{tenant_id}/{leaderboard_id}</c></summary>
internal sealed class QueryRoutes(SeasonReader seasons)
{
    private const int UsualNeighbours = 5;
    private const int MostNeighbours = 100;

    public async Task<Reply> PageAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var query = new QueryReader(context.Request.Query);
        var wanted = new SeasonQuery(context.Features.GetRequiredFeature<Caller>(), key, query.WindowKey(), FallsBack: true);
        var request = new ReadPage(query.Offset(), query.Limit(), query.Ranks());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var read = await seasons.ReadPageAsync(wanted, request);
        if (read.Refusal is { } refusal)
            return refusal;
        var season = read.Season;
        var page = new PageBody(
            key.Board,
            key.Tenant,
            season?.WindowKey,
            season?.StartsAt,
            season?.EndsAt,
            read.Outcome?.Total ?? 0,
            StandingBody.Of(read.Outcome?.Entries ?? []),
            request.Limit,
            request.Offset);
        return Reply.Ok(page, PhoenixJson.Shared.PageBody);
    }

    public async Task<Reply> UserAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var around = query.Whole("around", UsualNeighbours, 0, MostNeighbours);
        var (key, read, refusal) = await ReadEntryAsync(context, query, around);
        if (refusal is not null)
            return refusal;

        var (season, outcome) = (read!.Season!, read.Outcome!);
        var body = new NeighbourhoodBody(
            key.Board,
            key.Tenant,
            season.WindowKey,
            season.StartsAt,
            season.EndsAt,
            outcome.Total,
            StandingBody.Of(outcome.Entry!),
            StandingBody.Of(outcome.Neighbours ?? [outcome.Entry!]));
        return Reply.Ok(body, PhoenixJson.Shared.NeighbourhoodBody);
    }

    public async Task<Reply> RankAsync(HttpContext context)
    {
        var (key, read, refusal) = await ReadEntryAsync(context, new QueryReader(context.Request.Query), 0);
        if (refusal is not null)
            return refusal;
        var (window, outcome) = (read!.Season!.WindowKey, read.Outcome!);
        return Reply.Ok(
            new RankBody(key.Board, key.Tenant, window, outcome.Entry!.UserId, outcome.Entry.Rank, outcome.Total),
            PhoenixJson.Shared.RankBody);
    }

    public async Task<Reply> ScoreAsync(HttpContext context)
    {
        var (key, read, refusal) = await ReadEntryAsync(context, new QueryReader(context.Request.Query), 0);
        if (refusal is not null)
            return refusal;
        var (window, entry) = (read!.Season!.WindowKey, read.Outcome!.Entry!);
        var updatedAt = Timestamps.ToDateTimeOffset(entry.UpdatedAt);
        return Reply.Ok(new ScoreBody(key.Board, key.Tenant, window, entry.UserId, entry.Score, updatedAt), PhoenixJson.Shared.ScoreBody);
    }

    private async Task<(LeaderboardKey Key, SeasonRead<EntryOutcome>? Read, Reply? Refusal)> ReadEntryAsync(
        HttpContext context, QueryReader query, int around)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return (key, null, RouteIds.NoLeaderboard(context));
        if (!RouteIds.TryGetUser(context, out var userId))
            return (key, null, RouteIds.InvalidUser());
        var wanted = new SeasonQuery(context.Features.GetRequiredFeature<Caller>(), key, query.WindowKey(), FallsBack: true);
        var request = new ReadEntry(userId, around, query.Ranks());
        if (query.Mistakes.Count > 0)
            return (key, null, Reply.Invalid(query.Mistakes));

        var read = await seasons.ReadEntryAsync(wanted, request);
        return (key, read, read.Refusal);
    }
}
