using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>
/// Which season takes a board's scores, remembered for ten seconds, and which one a window's key means, remembered for
/// <see cref="FrontendOptions.RouteFreshness"/>; both at most until that season's end. Only routes to seasons that exist are
/// remembered: refusals, missing boards and windows without a season are asked for each time, so that what has just been opened is
/// found at once.
/// </summary>
/// <remarks>
/// A remembered route may be wrong; seasons notice, and refuse writes when they have ended, were paused or deleted. Whoever is answered
/// <c>WrongWindow</c>, <c>NotActive</c> or <c>NotFound</c> by the season asks once more with <c>fresh</c>, and believes that answer. The
/// board's record that comes with a route to read by is checked by nobody, and so remembered for a shorter time.
/// </remarks>
internal sealed class BoardRoutes(IGrainPort port, TimeProvider clock, IOptions<FrontendOptions> options)
{
    private static readonly TimeSpan WriteFreshness = TimeSpan.FromSeconds(10);

    private readonly FrontendOptions _options = options.Value;
    private readonly ConcurrentDictionary<RouteKey, HeldRoute> _held = new();

    /// <summary>The season that takes what is received now, opened if it has to be.</summary>
    /// <returns>Ok with a season that has a key; NotFound, NotActive or Unavailable otherwise.</returns>
    public ValueTask<RouteOutcome> ForWriteAsync(LeaderboardKey board, bool fresh = false) => RouteAsync(new(board, true, null), fresh);

    /// <summary>The season of a window.</summary>
    /// <param name="board">The board.</param>
    /// <param name="windowKey">A window's key or a season's id; null for the present one.</param>
    /// <param name="fresh">Asks, whatever is remembered.</param>
    /// <returns>Ok with the board's record, and without a season while the window has none; NotFound or Unavailable otherwise.</returns>
    public ValueTask<RouteOutcome> ForReadAsync(LeaderboardKey board, string? windowKey = null, bool fresh = false) =>
        RouteAsync(new(board, false, windowKey), fresh);

    /// <summary>
    /// When a write that comes now counts as received, in microseconds since the Unix epoch: now, or the nearest instant of the season that
    /// the board has named for it, where its clock and this one disagree about a bound.
    /// </summary>
    public long ReceivedIn(SeasonInfo season)
    {
        var now = Timestamps.Now(clock);
        if (season.StartsAt is { } start)
            now = Math.Max(now, Timestamps.From(start));
        if (season.EndsAt is { } end)
            now = Math.Min(now, Timestamps.From(end) - 1);
        return now;
    }

    /// <summary>Forgets all of a board's routes; for the frontend that has just changed or deleted it, or opened or closed a season.</summary>
    public void Forget(LeaderboardKey board)
    {
        foreach (var (key, _) in _held)
        {
            if (key.Board == board)
                _held.TryRemove(key, out _);
        }
    }

    private ValueTask<RouteOutcome> RouteAsync(RouteKey key, bool fresh) =>
        !fresh
        && _held.TryGetValue(key, out var held)
        && IsFresh(key, held)
        && clock.GetUtcNow() < held.Until
            ? new(held.Route)
            : AskAsync(key);

    private async ValueTask<RouteOutcome> AskAsync(RouteKey key)
    {
        var askedAt = clock.GetTimestamp();
        var route = await port.CallAsync<ILeaderboard, RouteRequest, RouteOutcome>(
            key.Board.ToString(), static (board, request) => board.RouteAsync(request), new RouteRequest(key.ForWrite, key.WindowKey));
        if (route is { Status: OutcomeStatus.Ok, Season.Key: not null })
        {
            if (_held.Count >= _options.RouteCacheSize)
                DropStale();
            _held[key] = new HeldRoute(route, askedAt, EndOfUse(key, route.Season));
        }
        else
        {
            _held.TryRemove(key, out _);
        }

        return route;
    }

    private bool IsFresh(RouteKey key, HeldRoute held) =>
        clock.GetElapsedTime(held.AskedAt) < (key.ForWrite ? WriteFreshness : _options.RouteFreshness);

    /// <summary>A named window's route holds beyond its end; the present window's does not.</summary>
    private static DateTimeOffset EndOfUse(RouteKey key, SeasonInfo season) =>
        key.WindowKey is null && season.EndsAt is { } end ? end : DateTimeOffset.MaxValue;

    private void DropStale()
    {
        foreach (var (key, held) in _held)
        {
            if (!IsFresh(key, held))
                _held.TryRemove(key, out _);
        }

        // More boards than that while their routes are fresh. To begin anew costs less than to look for stale ones with each.
        if (_held.Count >= _options.RouteCacheSize / 4 * 3)
            _held.Clear();
    }

    private readonly record struct RouteKey(LeaderboardKey Board, bool ForWrite, string? WindowKey);

    private sealed record HeldRoute(RouteOutcome Route, long AskedAt, DateTimeOffset Until);
}
