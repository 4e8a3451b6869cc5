namespace Laurel.Ranking;

/// <summary>
/// A board's windows: which one an instant belongs to, and which come before and after. Immutable; any thread may use it.
/// </summary>
/// <remarks>
/// <para>
/// The recurring windows tile time: each ends where the next one starts, and every instant of the years 3 to 9997 (UTC) belongs to one
/// of them, other instants to none, so that every boundary has a date that can be written. A window and its key stand for each other,
/// whatever the clocks do, because a key names the reset that is due and not what the clock then shows:
/// </para>
/// <list type="bullet">
/// <item>An hour that comes twice is one window of two hours.</item>
/// <item>What is skipped from one reset to the next is no window and has no key: the hour from 2 to 3 on a spring night, 30 December
/// 2011 on Samoa. Half skipped, it is a shorter window: <c>T02</c> of 30 minutes on Lord Howe Island.</item>
/// <item>A reset that is skipped happens when the clock is put forward, and its window keeps the key it would have had.</item>
/// </list>
/// <para>
/// <c>all_time</c> is one window without ends, <c>custom</c> one between two instants, outside of which there is none. A manual board
/// has no calendar: every question is answered by null.
/// </para>
/// <para>
/// Instants are microseconds since the Unix epoch. A question costs some microseconds in zones with daylight saving; keep the current
/// window and ask it (<see cref="SeasonWindow.Contains"/>) first.
/// </para>
/// </remarks>
public sealed class WindowCalendar
{
    private static readonly long First = WallClock.ToMicros(new DateTime(3, 1, 1));
    private static readonly long End = WallClock.ToMicros(new DateTime(9998, 1, 1));

    private readonly WallClock _clock;
    private readonly Recurrence? _recurrence;
    private readonly SeasonWindow? _only;

    private WindowCalendar(Timeframe timeframe)
    {
        Type = timeframe.ParsedType!.Value;
        _clock = WallClock.Find(timeframe.Timezone);
        switch (Type)
        {
            case TimeframeType.AllTime:
                _only = new SeasonWindow("all_time", null, null);
                break;
            case TimeframeType.Custom:
                _only = new SeasonWindow("custom", timeframe.StartsAt, timeframe.EndsAt);
                break;
            case TimeframeType.Manual:
                break;
            default:
                _recurrence = Recurrence.Of(timeframe);
                break;
        }
    }

    /// <summary>What kind of windows these are.</summary>
    public TimeframeType Type { get; }

    /// <summary>The calendar of a timeframe.</summary>
    /// <exception cref="ArgumentException"><see cref="Timeframe.Validate"/> finds mistakes; the message is the first.</exception>
    public static WindowCalendar Create(Timeframe timeframe)
    {
        if (timeframe.Validate() is [var mistake, ..])
            throw new ArgumentException($"{mistake.Path}: {mistake.Message}.", nameof(timeframe));
        return new WindowCalendar(timeframe);
    }

    /// <summary>The window the instant belongs to; null when there is none.</summary>
    public SeasonWindow? At(long instant)
    {
        if (_recurrence is null) return _only?.Contains(instant) == true ? _only : null;
        if (instant < First || instant >= End) return null;

        var reset = _recurrence.LatestAt(_clock.At(instant));
        var next = _recurrence.After(reset);
        var endsAt = _clock.FirstInstantOf(next);

        // In a time that comes a second time the windows of the first are over, and the last of them goes on.
        while (endsAt <= instant)
        {
            reset = next;
            next = _recurrence.After(reset);
            endsAt = _clock.FirstInstantOf(next);
        }

        return new SeasonWindow(_recurrence.KeyOf(reset), _clock.FirstInstantOf(reset), endsAt);
    }

    /// <summary>The window that starts where this calendar's given one ends; null when none does.</summary>
    public SeasonWindow? Next(SeasonWindow window) => window.EndsAt is { } endsAt ? At(endsAt) : null;

    /// <summary>The window that ends where this calendar's given one starts; null when none does.</summary>
    public SeasonWindow? Previous(SeasonWindow window) => window.StartsAt is { } startsAt ? At(startsAt - 1) : null;

    /// <summary>The window of that key; null when this calendar has none, also for a time that its clock skips.</summary>
    public SeasonWindow? FromKey(string key)
    {
        if (_recurrence is null) return _only?.Key == key ? _only : null;
        if (!_recurrence.TryParseKey(key, out var reset) || reset.Year is < 2 or > 9998) return null;
        var window = At(Math.Max(First, _clock.FirstInstantOf(reset)));
        return window?.Key == key ? window : null;
    }
}
