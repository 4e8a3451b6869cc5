using Laurel.GrainInterfaces;
using Laurel.Ranking;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// A board's windows as the clock moves on: each is opened when the one before it ends, whether anybody plays or not, and what is to be
/// done about it later is written in the same commit, for the scheduler to find.
/// </summary>
/// <remarks>
/// Every change is a compare-and-set on the board's records: of those who race for a boundary, requests and the timer, one does it. A
/// method that returns false or null has lost such a race; its caller tries again on fresh records.
/// </remarks>
internal sealed class BoardSeasons(BoardRecords records)
{
    /// <summary>Windows opened in one commit, where many were missed.</summary>
    private const int WindowsAtOnce = 100;

    private (LeaderboardRecord Of, BoardCalendar Calendar)? _calendar;

    /// <summary>The board's calendar.</summary>
    public BoardCalendar CalendarOf(LeaderboardRecord record)
    {
        if (_calendar is not { } known || !ReferenceEquals(known.Of.Config, record.Config))
            _calendar = known = (record, new BoardCalendar(record));
        return known.Calendar;
    }

    /// <summary>How long after its end a season is sealed, in microseconds. Direct submissions know no grace.</summary>
    public static long GraceOf(LeaderboardRecord record) =>
        record.Config.Scoring.Rules.Count == 0 ? 0 : record.Config.Timeframe.GraceSeconds * 1_000_000L;

    /// <summary>The season that a new board begins with, and what is due of it; null on manual boards.</summary>
    public (SeasonInfo Season, IEnumerable<RecordWrite> Due)? First(LeaderboardRecord record, long now) =>
        FirstWindow(CalendarOf(record), now) is { } window && Opened(record, window, null) is var season
            ? (season, DueOf(record, season, now))
            : null;

    /// <summary>Opens the windows that have begun since the latest season ended.</summary>
    public async Task<bool> TurnAsync(LeaderboardRecord record, long now)
    {
        var calendar = CalendarOf(record);
        while (!calendar.IsManual && NextWindow(calendar, now) is { } next)
        {
            var generation = records.Generation;
            var latest = records.Latest;
            List<SeasonWindow> windows = [];
            for (SeasonWindow? window = next; window is { } begun && windows.Count < WindowsAtOnce; window = calendar.After(begun.Key, begun.EndsAt))
            {
                windows.Add(begun);
                if (!(begun.EndsAt <= now))
                    break;
            }

            // A node whose clock is ahead may have had events of one of them counted already.
            var known = await records.FindSeasonsAsync(windows.Select(static window => window.Key));
            List<SeasonInfo> opened = [];
            var last = latest;
            foreach (var (window, season) in windows.Zip(known))
            {
                var previous = last is null or { Unused: true } ? last?.PreviousWindow : last.WindowKey;
                opened.Add(last = season is null ? Opened(record, window, previous) : season with { PreviousWindow = previous });
            }

            var due = opened.Concat(latest is null ? [] : [latest]).SelectMany(season => DueOf(record, season, now));
            if (await records.PutSeasonsAsync(generation, opened, last, due) != WriteOutcome.Committed)
                return false;
        }

        return true;
    }

    /// <summary>A season that somebody scores in: from now on it has a journal.</summary>
    /// <param name="asOf">The generation of the records from which the season is.</param>
    public async Task<SeasonInfo?> UseAsync(int asOf, LeaderboardRecord record, SeasonInfo season, long now)
    {
        var used = season with { Unused = false };
        var latest = records.Latest?.WindowKey == season.WindowKey ? used : await WithPreviousAsync(record, used);
        var due = DueOf(record, used, now);
        return await records.PutSeasonsAsync(asOf, [used, .. latest is null || latest == used ? (SeasonInfo[])[] : [latest]], latest, due) == WriteOutcome.Committed
            ? used
            : null;
    }

    /// <summary>
    /// The season that takes events of an instant; null when there is none, or it is sealed. Its grace may be over: whether an event came
    /// in time is decided by when it was accepted, and sealing waits for those that did.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<SeasonInfo?> FindForEventAsync(LeaderboardRecord record, long at)
    {
        var season = records.Latest is { } latest && Contains(latest, at) ? latest
            : CalendarOf(record).IsManual ? await FindManualAsync(at)
            : await FindWindowAsync(record, at);
        return season is { SealedAt: null } ? season : null;
    }

    /// <summary>The writes that make a season's next deadline due, and nothing else of it.</summary>
    public static IEnumerable<RecordWrite> DueOf(LeaderboardRecord record, SeasonInfo season, long now)
    {
        if (EndOf(season) is not { } end)
            yield break;
        var key = SeasonKey.Parse(season.Key!);
        var sealing = end + GraceOf(record);
        var next = now < end ? end : sealing;
        yield return new(RecordKeys.Due(key, end), null, season.SealedAt is null && next == end ? [] : null);
        if (sealing != end)
            yield return new(RecordKeys.Due(key, sealing), null, season.SealedAt is null && next == sealing ? [] : null);
    }

    /// <summary>A season's end in microseconds since the Unix epoch.</summary>
    public static long? EndOf(SeasonInfo season) => season.EndsAt is { } end ? Timestamps.From(end) : null;

    /// <summary>The season with the late events that it has not counted yet.</summary>
    /// <param name="season">The season.</param>
    /// <param name="positions">Of the events, rising.</param>
    public static SeasonInfo WithLate(SeasonInfo season, IReadOnlyList<long> positions) => positions.Count(position => position > season.LateUpTo) is > 0 and var more
        ? season with { LateEvents = season.LateEvents + more, LateUpTo = positions[^1] }
        : season;

    private static bool Contains(SeasonInfo season, long at) =>
        !(season.StartsAt is { } start && at < Timestamps.From(start)) && !(at >= EndOf(season));

    /// <summary>A custom board's one window is opened before it begins, so that its end is not missed.</summary>
    private static SeasonWindow? FirstWindow(BoardCalendar calendar, long now) =>
        calendar.IsManual ? null : calendar.At(now) ?? calendar.FromKey("custom");

    private SeasonWindow? NextWindow(BoardCalendar calendar, long now) =>
        records.Latest is not { } latest ? FirstWindow(calendar, now)
        : EndOf(latest) <= now ? calendar.After(latest.WindowKey, EndOf(latest))
        : null;

    private SeasonInfo Opened(LeaderboardRecord record, SeasonWindow window, string? previous) =>
        BoardCalendar.Unopened(window, window.StartsAt ?? 0) with
        {
            Key = CalendarOf(record).KeyOf(window.Key),
            State = SeasonPhase.Open,
            PreviousWindow = previous,
            Unused = true,
        };

    private async Task<SeasonInfo?> FindManualAsync(long at) =>
        (await records.ListSeasonsAsync()).Find(season => Contains(season, at));

    private async Task<SeasonInfo?> FindWindowAsync(LeaderboardRecord record, long at)
    {
        var calendar = CalendarOf(record);
        if (calendar.At(at) is not { } window)
            return null;
        var season = await records.FindSeasonAsync(record.Incarnation, window.Key) ?? Opened(record, window, null);
        if (Contains(season, at))
            return season;

        // The rules of the time zone were others when it was opened.
        var next = calendar.After(season.WindowKey, EndOf(season)) is { } after ? await records.FindSeasonAsync(record.Incarnation, after.Key) : null;
        return next is not null && Contains(next, at) ? next : null;
    }

    /// <summary>The latest season, when the used one is the last before it that anybody scored in; null when nothing changes.</summary>
    private async Task<SeasonInfo?> WithPreviousAsync(LeaderboardRecord record, SeasonInfo used)
    {
        if (records.Latest is not { } latest || used.StartsAt >= latest.StartsAt)
            return null;
        var previous = latest.PreviousWindow is { } window ? await records.FindSeasonAsync(record.Incarnation, window) : null;
        return previous is null || previous.StartsAt < used.StartsAt ? latest with { PreviousWindow = used.WindowKey } : null;
    }
}
