using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants/{tenant_id}/leaderboards/{leaderboard_id}/entries</c></summary>
internal sealed class EntryRoutes(
    IGrainPort port,
    BodyReader bodies,
    BoardRoutes routes,
    SeasonReader seasons,
    FrontendMetrics metrics,
    TimeProvider clock,
    IOptions<FrontendOptions> options)
{
    // A remembered route may be outdated, and the season may end between routing and arriving.
    private const int Attempts = 3;

    private readonly long _tolerance = (long)options.Value.FutureTolerance.TotalMicroseconds;

    public async Task<Reply> SubmitAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        var submission = Submission.Read(body.Fields, Timestamps.Now(clock), _tolerance);
        if (body.Wrong is { } wrong)
            return wrong;
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);

        metrics.Submitted(submission!.Count, RouteFamilies.Phoenix.Name);
        var outcomes = await SubmitAsync(key, submission);
        return outcomes.Status switch
        {
            OutcomeStatus.Ok => Answer(submission.Merge(outcomes)),
            OutcomeStatus.NotActive or OutcomeStatus.WrongWindow => Answer(submission.Refuse(ScoreStatus.NoActiveSeason)),
            _ => Refusals.Of(outcomes.Status, $"Leaderboard '{key.Board}'"),
        };
    }

    public async Task<Reply> GetAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        if (!RouteIds.TryGetUser(context, out var userId))
            return RouteIds.InvalidUser();
        var query = new QueryReader(context.Request.Query);
        var window = query.WindowKey();
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var wanted = new SeasonQuery(context.Features.GetRequiredFeature<Caller>(), key, window, FallsBack: false);
        var read = await seasons.ReadEntryAsync(wanted, new ReadEntry(userId));
        return read.Refusal ?? Reply.Ok(EntryBody.Of(read.Outcome!.Entry!), PhoenixJson.Shared.EntryBody);
    }

    public async Task<Reply> RemoveAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        if (!RouteIds.TryGetUser(context, out var userId))
            return RouteIds.InvalidUser();
        var query = new QueryReader(context.Request.Query);
        var window = query.WindowKey();
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var route = await routes.ForReadAsync(key, window, fresh: true);
        if (route.Status != OutcomeStatus.Ok)
            return route.Status == OutcomeStatus.NotFound ? SeasonReader.NoWindow(key, window) : Reply.Unavailable;
        if (route.Season?.Key is not { } season)
            return SeasonReader.NoEntry(key);

        var removed = await port.RemoveEntryAsync(season, new RemoveEntry(RequestIds.Next(), userId));
        return removed.Status switch
        {
            OutcomeStatus.Ok when removed.Entry is null => Reply.NoContent,
            OutcomeStatus.Ok => Reply.Ok(EntryBody.Of(removed.Entry), PhoenixJson.Shared.EntryBody),
            OutcomeStatus.NotFound => SeasonReader.NoEntry(key),
            _ => Refusals.Of(removed.Status, $"Season '{route.Season.WindowKey}' of leaderboard '{key.Board}'"),
        };
    }

    private async Task<ScoreOutcomes> SubmitAsync(LeaderboardKey key, Submission submission)
    {
        var requestId = RequestIds.Next();
        for (var attempt = 1; ; attempt++)
        {
            var route = await routes.ForWriteAsync(key, fresh: attempt > 1);
            if (route.Status != OutcomeStatus.Ok)
                return ScoreOutcomes.Failed(route.Status);
            if (submission.Count == 0)
                return new ScoreOutcomes { Status = OutcomeStatus.Ok, Statuses = [], Standings = [] };

            var outcomes = await port.SubmitAsync(route.Season!.Key!, submission.ToBatch(requestId, routes.ReceivedIn(route.Season)));
            var isElsewhere = outcomes.Status is OutcomeStatus.WrongWindow or OutcomeStatus.NotActive or OutcomeStatus.NotFound;
            if (!isElsewhere || attempt == Attempts)
                return outcomes;
        }
    }

    private Reply Answer(SubmissionResult[] results)
    {
        foreach (var status in results.CountBy(result => result.Status))
            metrics.ScoresEnded(status.Value, status.Key);
        return results.All(result => result.IsConflict)
            ? Reply.Error(StatusCodes.Status409Conflict, "The idempotency key was used before with another body")
            : Reply.Ok(new SubmissionBody(results), PhoenixJson.Shared.SubmissionBody);
    }
}
