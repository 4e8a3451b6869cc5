using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>
/// <c>POST /leaderboard/scores</c>: reads the whole body first, refuses it as a whole for its form, and otherwise hands all of it to
/// the season that is open, which decides on each score.
/// </summary>
internal sealed class SubmitScores(
    BodyReader bodies, BoardRoutes routes, IGrainPort port, SeasonlessScores seasonless, TimeProvider clock, FrontendMetrics metrics, IOptions<FrontendOptions> options)
{
    // A remembered route may be outdated, and the season may end between routing and arriving.
    private const int Attempts = 3;

    // A request keeps its sheet while its scores are being committed, so many are in use at a time. Each takes 7 KB.
    private const int KeptSheets = 512;

    private readonly DefaultObjectPool<ScoreSheet> _sheets = new(new SheetPolicy(), KeptSheets);
    private readonly long _tolerance = (long)options.Value.FutureTolerance.TotalMicroseconds;

    /// <summary>Answers one request of an admitted caller.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using var body = await bodies.ReadJsonAsync(context);
        if (body.Refusal != 0)
        {
            await RouteFamilies.CrazyGames.WriteErrorAsync(context, body.Refusal);
            return;
        }

        var sheet = _sheets.Get();
        try
        {
            var shape = ScoreSheetReader.Read(body.Bytes.Span, Timestamps.Now(clock) + _tolerance, sheet);
            if (shape != ScoreSheetShape.Scores)
                await RefuseAsync(context, shape);
            else if (sheet.ValidCount < sheet.Count)
                await RefuseScoresAsync(context, body, sheet);
            else
                await SubmitAsync(context, body, sheet);
        }
        finally
        {
            _sheets.Return(sheet);
        }
    }

    private static Task RefuseAsync(HttpContext context, ScoreSheetShape shape) => RouteFamilies.CrazyGames.WriteErrorAsync(
        context,
        StatusCodes.Status400BadRequest,
        shape switch
        {
            ScoreSheetShape.NotAnArray => "Scores must be an array",
            ScoreSheetShape.Empty => "Scores must be a non-empty array",
            ScoreSheetShape.TooMany => "Batch size must not exceed 100 scores",
            _ => "Request body must contain a scores array",
        });

    /// <summary>Some are no well-formed scores: none is processed, and those are listed.</summary>
    private Task RefuseScoresAsync(HttpContext context, RequestBody body, ScoreSheet sheet)
    {
        metrics.Submitted(sheet.Count, RouteFamilies.CrazyGames.Name);
        metrics.ScoresEnded(sheet.Count - sheet.ValidCount, ScoreErrors.LabelOf(ScoreStatus.Validation));
        var statuses = new ScoreStatus[sheet.Count];
        for (var i = 0; i < statuses.Length; i++)
            statuses[i] = sheet.IsValid(i) ? ScoreStatus.Applied : ScoreStatus.Validation;
        return ScoresAnswer.WriteFailuresAsync(context.Response, StatusCodes.Status400BadRequest, body.Bytes, sheet, statuses);
    }

    private async Task SubmitAsync(HttpContext context, RequestBody body, ScoreSheet sheet)
    {
        metrics.Submitted(sheet.Count, RouteFamilies.CrazyGames.Name);
        var outcomes = await SubmitAsync(context.Features.Get<Caller>()!.Board!.Value, sheet);
        var statuses = outcomes.Statuses;
        if (outcomes.Status != OutcomeStatus.Ok)
        {
            statuses = new ScoreStatus[sheet.Count];
            Array.Fill(statuses, ScoreErrors.OfRefusedBatch(outcomes.Status));
        }

        if (CountOutcomes(statuses, sheet.Count) == sheet.Count)
            await ScoresAnswer.WriteSuccessAsync(context.Response, sheet.Count);
        else
            await ScoresAnswer.WriteFailuresAsync(context.Response, StatusCodes.Status200OK, body.Bytes, sheet, statuses);
    }

    private async ValueTask<ScoreOutcomes> SubmitAsync(LeaderboardKey board, ScoreSheet sheet)
    {
        var requestId = RequestIds.Next();
        for (var attempt = 1; ; attempt++)
        {
            var route = await routes.ForWriteAsync(board, fresh: attempt > 1);
            if (route is { Status: OutcomeStatus.NotActive, Record: { } record })
                return await RefuseAsync(record, sheet.ToBatch(requestId, Timestamps.Now(clock)));
            if (route.Status != OutcomeStatus.Ok)
                return ScoreOutcomes.Failed(route.Status);

            var outcomes = await port.CallAsync<ISeason, ScoreBatch, ScoreOutcomes>(
                route.Season!.Key!, static (season, batch) => season.SubmitAsync(batch), sheet.ToBatch(requestId, routes.ReceivedIn(route.Season)));
            if (outcomes.Status is not (OutcomeStatus.WrongWindow or OutcomeStatus.NotActive or OutcomeStatus.NotFound) || attempt == Attempts)
                return outcomes;
        }
    }

    /// <summary>No season is open: no score is taken, each for its own reason.</summary>
    private async Task<ScoreOutcomes> RefuseAsync(LeaderboardRecord board, ScoreBatch batch) =>
        new() { Status = OutcomeStatus.Ok, Statuses = await seasonless.JudgeAsync(board, batch) };

    /// <summary>Reports what became of the scores, and returns how many succeeded.</summary>
    /// <param name="statuses">Null when all were applied.</param>
    /// <param name="total">How many there are.</param>
    private int CountOutcomes(ReadOnlySpan<ScoreStatus> statuses, int total)
    {
        if (statuses.IsEmpty)
        {
            metrics.ScoresEnded(total, ScoreErrors.LabelOf(ScoreStatus.Applied));
            return total;
        }

        Span<int> counts = stackalloc int[ScoreErrors.Kinds];
        counts.Clear();
        foreach (var status in statuses)
            counts[(int)status]++;

        var succeeded = 0;
        for (var kind = 0; kind < counts.Length; kind++)
        {
            if (counts[kind] == 0)
                continue;
            metrics.ScoresEnded(counts[kind], ScoreErrors.LabelOf((ScoreStatus)kind));
            succeeded += ScoreErrors.IsSuccess((ScoreStatus)kind) ? counts[kind] : 0;
        }

        return succeeded;
    }

    private sealed class SheetPolicy : PooledObjectPolicy<ScoreSheet>
    {
        public override ScoreSheet Create() => new();

        public override bool Return(ScoreSheet sheet) => sheet.IsSmall;
    }
}
