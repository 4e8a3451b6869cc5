using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Rankora;

/// <summary><c>GET /api/v1/leaderboard/entries</c></summary>
internal sealed class ListRoute(RankoraBoards boards, ListCache cache)
{
    private const string CacheControl = "private, max-age=5, stale-while-revalidate=30";

    // The URL is the same for every board: a shared cache must not answer one key with another's.
    private const string Vary = "Authorization, Origin";

    /// <summary>Answers from the cache, or reads; either only while the board is there and is to be shown, which is remembered for a shorter time.</summary>
    public Task ListAsync(HttpContext context)
    {
        var finding = boards.FindAsync(context.Features.GetRequiredFeature<Caller>());
        return finding.IsCompletedSuccessfully ? AnswerAsync(context, finding.Result) : AnswerLaterAsync(context, finding);
    }

    private async Task AnswerLaterAsync(HttpContext context, ValueTask<BoardRead> finding) => await AnswerAsync(context, await finding);

    private Task AnswerAsync(HttpContext context, BoardRead board)
    {
        if (board.Refusal is { } refusal)
            return refusal.WriteAsync(context);
        var query = context.Request.QueryString.Value ?? "";
        return cache.Find(board, query) is { } bytes ? WriteAsync(context.Response, bytes, "HIT") : ReadAsync(context, board, query);
    }

    private async Task ReadAsync(HttpContext context, BoardRead board, string query)
    {
        if (!PageQuery.TryRead(context.Request.Query, out var page, out var mistake))
        {
            await RankoraReply.Invalid(mistake!).WriteAsync(context);
            return;
        }

        var answer = await cache.AnswerAsync(board, query, page);
        if (answer.Status == OutcomeStatus.NotFound)
        {
            // The route was remembered, and its season is gone.
            board = await boards.FindAsync(context.Features.GetRequiredFeature<Caller>(), fresh: true);
            answer = board.Refusal is null ? await cache.AnswerAsync(board, query, page) : default;
        }

        if (board.Refusal is { } refusal)
            await refusal.WriteAsync(context);
        else if (answer.Bytes is null)
            await RankoraReply.Of(answer.Status, "The leaderboard does not exist").WriteAsync(context);
        else
            await WriteAsync(context.Response, answer.Bytes, answer.IsHit ? "HIT" : "MISS");
    }

    private static Task WriteAsync(HttpResponse response, byte[] bytes, string cache)
    {
        response.ContentType = JsonContent.ResponseType;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = CacheControl;
        response.Headers.Vary = Vary;
        response.Headers["X-Cache"] = cache;
        var sent = response.BodyWriter.WriteAsync(bytes);
        return sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask();
    }
}
