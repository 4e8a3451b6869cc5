using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>
/// One board as an intake sees it: its rules, compiled, and the seasons that take its events. Kept as long as the board, since neither
/// rules nor calendar change.
/// </summary>
internal sealed class EventBoard
{
    /// <summary>Seasons remembered: those of now and of the windows in their grace.</summary>
    private const int MostSeasons = 16;

    /// <summary>How long a season whose end is decided by hand is believed to be as it was.</summary>
    private static readonly TimeSpan ManualFreshness = TimeSpan.FromMilliseconds(500);

    private readonly PointsRules _rules;
    private readonly EventLookUps _attributes;
    private readonly BoardCalendar _calendar;
    private readonly long _grace;
    private readonly List<KnownSeason> _seasons = [];
    private long _matchedUpTo;
    private (long From, long UpTo)? _seasonless; // Instants from there on had no season when events up to that position had come.

    public EventBoard(LeaderboardRecord record)
    {
        PathTable paths = new();
        Record = record;
        Key = new(record.TenantId, record.LeaderboardId);
        _rules = record.Config.ToPointsRules(paths);
        _attributes = new(paths);
        _calendar = new(record);
        _grace = record.Config.Timeframe.GraceSeconds * 1_000_000L;
    }

    /// <summary>The record that it was made from.</summary>
    public LeaderboardRecord Record { get; }

    /// <summary>Which board.</summary>
    public LeaderboardKey Key { get; }

    /// <summary>What these events are worth here, in their order; without those of no concern and those that came too late.</summary>
    /// <param name="requests">The events.</param>
    /// <param name="late">Gets those that belong to a window whose grace was over when they came.</param>
    public List<EventMatch> Match(IReadOnlyList<AcceptedEvents> requests, LateArrivals late)
    {
        List<EventMatch> matches = [];
        _matchedUpTo = requests[^1].Last;
        foreach (var request in requests)
        {
            var position = request.First;
            for (var at = 0; at < request.Events.Length; position++)
            {
                var next = new EventReader(request.Events.AsSpan(at));
                if (_rules.TryScore(next.Type, _attributes.In(next), out var points))
                {
                    // A clock ahead of ours must not open tomorrow's season today.
                    var timestamp = Math.Min(next.Timestamp, request.AcceptedAt);
                    if (LateFor(timestamp, request.AcceptedAt) is { } window)
                        late.Add(window, position);
                    else
                        matches.Add(new(request, at, position, timestamp, points));
                }

                at += next.Length;
            }
        }

        return matches;
    }

    /// <summary>The season that takes an event, asked for unless it is known.</summary>
    public async ValueTask<EventRoute> RouteAsync(ActivationContext context, EventMatch match)
    {
        var timestamp = match.Timestamp;
        foreach (var known in _seasons)
        {
            if (known.Contains(timestamp) && (!_calendar.IsManual || context.Clock.GetElapsedTime(known.AskedAt) < ManualFreshness))
                return RouteTo(known, match);
        }

        if (_calendar.IsManual ? timestamp >= _seasonless?.From && match.Position <= _seasonless?.UpTo : _calendar.At(timestamp) is null)
            return new EventRoute(OutcomeStatus.Ok);
        var askedAt = context.Clock.GetTimestamp();
        var route = await context.Grains.CallAsync(
            Key.ToString(),
            static (ILeaderboard board, RouteRequest request) => board.RouteAsync(request),
            new RouteRequest(ForWrite: true, At: Timestamps.ToDateTimeOffset(timestamp)));
        if (route.Status is OutcomeStatus.NotFound or OutcomeStatus.NotActive)
        {
            if (BeginOfSeasonless(route.Previous) is var begin && timestamp >= begin)
                _seasonless = (begin, _matchedUpTo);
            return new EventRoute(OutcomeStatus.Ok);
        }

        if (route is not { Status: OutcomeStatus.Ok, Season: { Key: { } key } season })
            return new EventRoute(OutcomeStatus.Unavailable);

        _seasons.RemoveAll(known => known.Key == key);
        if (_seasons.Count == MostSeasons)
            _seasons.RemoveAt(MostSeasons - 1);
        _seasons.Insert(0, new(key, Micros(season.StartsAt), Micros(season.EndsAt), askedAt));
        return RouteTo(_seasons[0], match);
    }

    /// <summary>Forgets the seasons: one of them turned out to be another than it was believed to be.</summary>
    public void ForgetSeasons() => _seasons.Clear();

    /// <summary>From when on there is no season that takes events, when the latest one of a board with manual seasons does not; null: there is none at all.</summary>
    private static long BeginOfSeasonless(SeasonInfo? latest) =>
        latest is null ? long.MinValue : Micros(latest.SealedAt is null ? latest.EndsAt : latest.StartsAt) ?? long.MaxValue;

    private static long? Micros(DateTimeOffset? instant) => instant is { } known ? Timestamps.From(known) : null;

    /// <summary>The window whose grace was over when an event of it came; null when it was not. By the calendar alone: no season is asked for.</summary>
    private string? LateFor(long timestamp, long acceptedAt) =>
        !_calendar.IsManual && _calendar.At(timestamp) is { EndsAt: { } end } window && acceptedAt >= end + _grace ? window.Key : null;

    private EventRoute RouteTo(KnownSeason season, EventMatch match) =>
        new(OutcomeStatus.Ok, season.Key, match.Request.AcceptedAt >= season.EndsAt + _grace);

    private readonly record struct KnownSeason(string Key, long? StartsAt, long? EndsAt, long AskedAt)
    {
        public bool Contains(long instant) => !(instant < StartsAt) && !(instant >= EndsAt);
    }
}
