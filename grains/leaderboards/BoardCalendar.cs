using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>Which seasons a board's windows make. Manual boards have none of their own: theirs are opened and closed by hand.</summary>
internal sealed class BoardCalendar(LeaderboardRecord record)
{
    private readonly WindowCalendar _windows = WindowCalendar.Create(record.Config.Timeframe.ToTimeframe());
    private readonly LeaderboardKey _key = new(record.TenantId, record.LeaderboardId);
    private SeasonWindow? _latest;

    /// <summary>Whether seasons are opened by hand.</summary>
    public bool IsManual => _windows.Type == TimeframeType.Manual;

    /// <summary>The window of an instant, in microseconds since the Unix epoch; null when there is none.</summary>
    public SeasonWindow? At(long now)
    {
        if (_latest?.Contains(now) != true)
            _latest = _windows.At(now);
        return _latest;
    }

    /// <summary>
    /// The window after one that was opened; null when there is none. It starts where that one ended, whatever the calendar says: a time
    /// zone's rules may have changed since, and what they then leave over of a window that has ended belongs to the next one.
    /// </summary>
    public SeasonWindow? After(string key, long? end)
    {
        var opened = new SeasonWindow(key, null, end);
        var next = _windows.Next(_windows.FromKey(key) is { } now && now.EndsAt > end ? now : opened);
        return next is { } window ? window with { StartsAt = end } : null;
    }

    /// <summary>The window of that key; null when the calendar has none.</summary>
    public SeasonWindow? FromKey(string key) => _windows.FromKey(key);

    /// <summary>The season that a window would have; it is not opened yet.</summary>
    public static SeasonInfo Unopened(SeasonWindow window, long now) =>
        Dated(new SeasonInfo(null, window.Key, ToInstant(window.StartsAt), ToInstant(window.EndsAt), SeasonPhase.Open), now);

    /// <summary>The key of the season of that window.</summary>
    public string KeyOf(string window) => new SeasonKey(_key, record.Incarnation, window).ToString();

    /// <summary>The same season as it stands at an instant.</summary>
    public static SeasonInfo Dated(SeasonInfo season, long now) => season with
    {
        State = season.SealedAt is not null ? SeasonPhase.Sealed
            : season.StartsAt is { } starts && now < Timestamps.From(starts) ? SeasonPhase.Announced
            : season.EndsAt is { } ends && now >= Timestamps.From(ends) ? SeasonPhase.Ended
            : SeasonPhase.Open,
    };

    private static DateTimeOffset? ToInstant(long? micros) => micros is { } instant ? Timestamps.ToDateTimeOffset(instant) : null;
}
