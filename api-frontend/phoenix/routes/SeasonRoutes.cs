using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants/{tenant_id}/leaderboards/{leaderboard_id}/seasons</c></summary>
internal sealed class SeasonRoutes(IGrainPort port, BodyReader bodies, BoardRoutes routes)
{
    /// <summary>The route parameter that names a season.</summary>
    public const string SeasonParameter = "season_id";

    public async Task<Reply> ListAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var query = new QueryReader(context.Request.Query);
        var request = new ListSeasons(query.Offset(), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);

        var page = await port.ListSeasonsAsync(key, request);
        return page.Status == OutcomeStatus.Ok
            ? Reply.Ok(new SeasonListBody(page.Total, [.. page.Seasons!.Select(SeasonBody.Of)]), PhoenixJson.Shared.SeasonListBody)
            : Refusals.Of(page.Status, $"Leaderboard '{key.Board}'");
    }

    public async Task<Reply> OpenAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var request = SeasonFields.ReadNew(body.Fields);
        if (body.Wrong is { } wrong)
            return wrong;

        var outcome = await port.OpenSeasonAsync(key, request!);
        routes.Forget(key);
        return outcome.Status switch
        {
            OutcomeStatus.Ok => Reply.Created(SeasonBody.Of(outcome.Season!), PhoenixJson.Shared.SeasonBody),
            OutcomeStatus.NotFound => Reply.NotFound($"Leaderboard '{key.Board}'"),
            OutcomeStatus.Conflict when outcome.Mistakes is not { Count: > 0 } => Reply.Error(
                StatusCodes.Status409Conflict, "The season id was used before, or another season is open or announced"),
            _ => Refusals.Of(outcome.Status, $"Leaderboard '{key.Board}'", outcome.Mistakes),
        };
    }

    public async Task<Reply> CloseAsync(HttpContext context)
    {
        if (!RouteIds.TryGetLeaderboard(context, out var key))
            return RouteIds.NoLeaderboard(context);
        var season = RouteIds.Value(context, SeasonParameter);
        if (!Slug.IsValid(season))
            return Reply.NotFound(RouteIds.Named("Season", season));

        var outcome = await port.CloseSeasonAsync(key, new CloseSeason(season, RequestIds.Next()));
        routes.Forget(key);
        return outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(SeasonBody.Of(outcome.Season!), PhoenixJson.Shared.SeasonBody)
            : Refusals.Of(outcome.Status, $"Season '{season}' of leaderboard '{key.Board}'", outcome.Mistakes);
    }
}
