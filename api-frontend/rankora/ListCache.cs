using System.Collections.Concurrent;
using System.Text.Json;
using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>
/// Pages of entries, each read at most once in five seconds and only when durable; and the answers made from them, by the request's
/// query as it was written, so that a hit costs one look-up. Both go by the season's key, which no other board's season ever has, nor one
/// of a board made again under the same id. Bounded; what is stale goes first.
/// </summary>
internal sealed class ListCache(IGrainPort port, TimeProvider clock)
{
    private const int Most = 8192;

    /// <summary>What games write is far shorter. An answer to a longer query is made from its page each time.</summary>
    private const int LongestQuery = 256;

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Season, string Query), CachedAnswer> _answers = new();
    private readonly ConcurrentDictionary<(string Season, LiveShape Shape), CachedPage> _pages = new();

    /// <summary>How many answers are remembered.</summary>
    public int Count => _answers.Count;

    /// <summary>The answer to a request, made from a page read less than five seconds ago; null when there is none.</summary>
    public byte[]? Find(BoardRead board, string query) =>
        board.Season is { } season && query.Length <= LongestQuery && _answers.TryGetValue((season, query), out var answer) && IsFresh(answer.ReadAt)
            ? answer.Bytes
            : null;

    /// <summary>Makes the answer to a request, and keeps it where there is a season and the query is short.</summary>
    /// <param name="board">The board, found to be there and to be shown.</param>
    /// <param name="query">The query as it was written.</param>
    /// <param name="page">What it means.</param>
    public async Task<ListAnswer> AnswerAsync(BoardRead board, string query, PageQuery page)
    {
        var shape = page.ToShape(board.IsAscending);
        var (cached, isHit) = board.Season is { } season
            ? FindPage(season, shape)
            : (new CachedPage(clock.GetTimestamp(), Task.FromResult(new WindowsOutcome(OutcomeStatus.Ok, Windows: [new WindowView([])]))), false);
        var outcome = await cached.Reading;
        if (outcome.Status != OutcomeStatus.Ok)
            return new ListAnswer(outcome.Status, null, false);

        var body = new ListBody(
            true,
            [.. outcome.Windows![0].Entries.Select(entry => ListRow.Of(entry, page.PlayerId))],
            new PaginationBody(page.Limit, page.Offset, outcome.Total));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, RankoraJson.Shared.ListBody);
        if (board.Season is { } key && query.Length <= LongestQuery)
        {
            Trim(_answers, static answer => answer.ReadAt);
            _answers[(key, query)] = new CachedAnswer(cached.ReadAt, bytes);
        }

        return new ListAnswer(OutcomeStatus.Ok, bytes, isHit);
    }

    private bool IsFresh(long readAt) => clock.GetElapsedTime(readAt) < Freshness;

    private (CachedPage Page, bool IsHit) FindPage(string season, LiveShape shape)
    {
        var key = (season, shape);
        if (_pages.TryGetValue(key, out var known) && IsFresh(known.ReadAt) && !HasFailed(known))
            return (known, true);

        Trim(_pages, static page => page.ReadAt);
        var reading = new CachedPage(clock.GetTimestamp(), ReadAsync(season, shape));
        _pages[key] = reading;
        return (reading, false);
    }

    private static bool HasFailed(CachedPage page) => page.Reading.IsCompleted && page.Reading.Result.Status != OutcomeStatus.Ok;

    private Task<WindowsOutcome> ReadAsync(string season, LiveShape shape) => port.CallAsync<ISeason, ReadWindows, WindowsOutcome>(
        season, static (grain, request) => grain.ReadWindowsAsync(request), new ReadWindows([shape.ToQuery(null)]));

    private void Trim<TKey, TValue>(ConcurrentDictionary<TKey, TValue> held, Func<TValue, long> readAt)
        where TKey : notnull
    {
        if (held.Count < Most)
            return;
        foreach (var (key, value) in held)
        {
            if (!IsFresh(readAt(value)))
                held.TryRemove(key, out _);
        }

        // More than that within five seconds: remembering them helps nobody.
        if (held.Count >= Most)
            held.Clear();
    }

    private sealed record CachedAnswer(long ReadAt, byte[] Bytes);

    private sealed record CachedPage(long ReadAt, Task<WindowsOutcome> Reading);
}

/// <summary>An answer, and whether its page was at hand.</summary>
internal readonly record struct ListAnswer(OutcomeStatus Status, byte[]? Bytes, bool IsHit);
