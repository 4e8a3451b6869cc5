using System.Text;
using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Rankora;

/// <summary><c>POST /api/v1/leaderboard/entries</c>, <c>GET</c> and <c>DELETE …/{player_id}</c></summary>
internal sealed class EntryRoutes(
    RankoraBoards boards,
    BoardRoutes routes,
    BodyReader bodies,
    TenantPlans plans,
    PlanUsage usage,
    FrontendMetrics metrics,
    IGrainPort port)
{
    /// <summary>The route parameter that names a player.</summary>
    public const string PlayerParameter = "player_id";

    // A remembered route may be outdated, and the season may end between routing and arriving.
    private const int Attempts = 3;

    /// <summary>So near the plan's limit the entries are counted for each new one.</summary>
    private const int Margin = 1000;

    private const string NoEntry = "Entry not found";

    public async Task<RankoraReply> SubmitAsync(HttpContext context)
    {
        using var body = await bodies.ReadJsonAsync(context);
        if (body.Refusal != 0)
            return RankoraReply.Error(body.Refusal);
        if (!JsonDocuments.TryParse(body.Bytes, out var document, out var mistake))
            return RankoraReply.Invalid(mistake);
        using (document)
        {
            if (EntryForm.Read(document.RootElement, out mistake) is not { } form)
                return RankoraReply.Invalid(mistake!);
            return await SubmitAsync(context.Features.GetRequiredFeature<Caller>(), form);
        }
    }

    public async Task<RankoraReply> GetAsync(HttpContext context)
    {
        var board = await boards.FindAsync(context.Features.GetRequiredFeature<Caller>());
        if (board.Refusal is { } refusal)
            return refusal;
        if (PlayerOf(context) is not { } player || board.Season is not { } season)
            return RankoraReply.Error(StatusCodes.Status404NotFound, NoEntry);
        var outcome = await port.ReadEntryAsync(season, new ReadEntry(player));
        return outcome.Status == OutcomeStatus.Ok
            ? RankoraReply.Ok(RankoraEntryBody.Of(board.Board, outcome.Entry!), RankoraJson.Shared.RankoraEntryBody)
            : RankoraReply.Of(outcome.Status, NoEntry);
    }

    public async Task<RankoraReply> RemoveAsync(HttpContext context)
    {
        var board = await boards.FindAsync(context.Features.GetRequiredFeature<Caller>(), fresh: true);
        if (board.Refusal is { } refusal)
            return refusal;
        if (PlayerOf(context) is not { } player || board.Season is not { } season)
            return RankoraReply.Error(StatusCodes.Status404NotFound, NoEntry);
        var outcome = await port.RemoveEntryAsync(season, new RemoveEntry(RequestIds.Next(), player));
        return outcome.Status == OutcomeStatus.Ok
            ? RankoraReply.Ok(new DoneBody(true), RankoraJson.Shared.DoneBody)
            : RankoraReply.Of(outcome.Status, NoEntry);
    }

    private static string? PlayerOf(HttpContext context) => PlayerIds.Parse((string?)context.Request.RouteValues[PlayerParameter]);

    private async Task<RankoraReply> SubmitAsync(Caller caller, EntryForm form)
    {
        var player = form.PlayerId ?? PlayerIds.Make();
        if (await plans.OfAsync(caller.Tenant!) is { } plan && await FindForbiddenAsync(caller, plan, form, player) is { } forbidden)
            return forbidden;

        metrics.Submitted(1, RouteFamilies.Rankora.Name);
        var requestId = RequestIds.Next();
        for (var attempt = 1; ; attempt++)
        {
            var route = await routes.ForWriteAsync(caller.Board!.Value, fresh: attempt > 1);
            if (route.Status != OutcomeStatus.Ok)
                return RankoraReply.Of(route.Status, "The leaderboard of this API key does not exist");
            var outcomes = await port.SubmitAsync(route.Season!.Key!, BatchOf(requestId, routes.ReceivedIn(route.Season), player, form));
            var isElsewhere = outcomes.Status is OutcomeStatus.WrongWindow or OutcomeStatus.NotActive or OutcomeStatus.NotFound;
            if (isElsewhere && attempt < Attempts)
                continue;
            return outcomes.Status == OutcomeStatus.Ok ? Answer(player, outcomes) : RankoraReply.Of(outcomes.Status, "The leaderboard does not exist");
        }
    }

    private static ScoreBatch BatchOf(Guid requestId, long receivedAt, string player, EntryForm form)
    {
        var id = Encoding.UTF8.GetBytes(player);
        return new ScoreBatch
        {
            RequestId = requestId,
            ReceivedAt = receivedAt,
            Ids = id,
            IdEnds = [id.Length],
            Scores = [form.Score],
            AchievedAt = [receivedAt],
            Extras = [new ScoreExtra(form.Name, form.Metadata, null)],
            WantStandings = true,
        };
    }

    private RankoraReply Answer(string player, ScoreOutcomes outcomes)
    {
        var status = outcomes.Statuses?[0] ?? ScoreStatus.Applied;
        metrics.ScoresEnded(1, ScoreErrors.LabelOf(status));
        return status switch
        {
            ScoreStatus.Applied or ScoreStatus.Unchanged or ScoreStatus.Duplicate =>
                RankoraReply.Ok(new SubmittedBody(true, player, outcomes.Standings?[0].Rank), RankoraJson.Shared.SubmittedBody),
            ScoreStatus.UserNotFound => RankoraReply.Error(StatusCodes.Status404NotFound, "The player is not registered"),
            ScoreStatus.PrivacyDisabled => RankoraReply.Error(StatusCodes.Status403Forbidden, "The player is hidden"),
            ScoreStatus.Validation => RankoraReply.Invalid("score is outside what the leaderboard accepts"),
            ScoreStatus.NoActiveSeason => RankoraReply.Invalid("The leaderboard takes no scores now"),
            _ => RankoraReply.Error(StatusCodes.Status500InternalServerError),
        };
    }

    /// <summary>The answer when the tenant's plan does not allow it.</summary>
    private async Task<RankoraReply?> FindForbiddenAsync(Caller caller, TenantPlan plan, EntryForm form, string player)
    {
        if (form.Metadata is not null && !plan.Terms.Metadata)
            return RankoraReply.Invalid($"Metadata is only available on \"{plans.Options.NameFor(static terms => terms.Metadata)}\" or higher plans");
        if (plan.Terms.Entries is not { } most)
            return null;

        var counts = await usage.CountAsync(caller.Tenant!);
        // What was counted seconds ago tells enough until the limit is near.
        if (counts is not null && counts.Entries >= most - Margin)
            counts = await usage.CountAsync(caller.Tenant!, fresh: true);
        if (counts is null)
            return RankoraReply.Error(StatusCodes.Status500InternalServerError);
        if (counts.Entries < most || await StandsAsync(caller, player))
            return null;
        var needed = plans.Options.NameFor(terms => terms.Entries is null || terms.Entries > most);
        return RankoraReply.Invalid($"The {plan.Name} plan allows {most} entries: more are available on \"{needed}\" or higher plans");
    }

    private async Task<bool> StandsAsync(Caller caller, string player)
    {
        var board = await boards.FindAsync(caller);
        return board.Season is { } season && (await port.ReadEntryAsync(season, new ReadEntry(player))).Status == OutcomeStatus.Ok;
    }
}
