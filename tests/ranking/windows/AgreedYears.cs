using NodaTime;

namespace Laurel.Ranking.Tests;

/// <summary>
/// The years in which NodaTime's time zone database and this machine's say the same of a zone. They are of different releases, which
/// correct the past and follow what governments plan; a comparison of calendars makes sense where the offsets are equal.
/// </summary>
internal sealed class AgreedYears
{
    private readonly HashSet<int> _disagreed = [];

    public AgreedYears(string zoneId, int from, int to)
    {
        var machine = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var span = new Interval(Instant.FromUtc(from, 1, 1, 0, 0), Instant.FromUtc(to + 1, 1, 1, 0, 0));
        var tick = Duration.FromTicks(10);
        foreach (var interval in zone.GetZoneIntervals(span))
        {
            var start = interval.HasStart && interval.Start > span.Start ? interval.Start : span.Start;
            var end = interval.HasEnd && interval.End < span.End ? interval.End : span.End;
            for (var instant = start; instant < end; instant += Duration.FromHours(6)) Compare(instant, interval.WallOffset);
            Compare(end - tick, interval.WallOffset);
        }

        Count = to - from + 1 - _disagreed.Count;

        void Compare(Instant instant, Offset offset)
        {
            var utc = instant.ToDateTimeUtc();
            if (machine.GetUtcOffset(utc).Ticks != offset.Ticks) _disagreed.Add(utc.Year);
        }
    }

    public int Count { get; }

    /// <summary>Whether no year that the window, and a month to both sides, touches is in dispute.</summary>
    public bool Cover(SeasonWindow window)
    {
        var month = TimeSpan.FromDays(31);
        var first = (DateTime.UnixEpoch.AddMicroseconds(window.StartsAt!.Value) - month).Year;
        var last = (DateTime.UnixEpoch.AddMicroseconds(window.EndsAt!.Value) + month).Year;
        return !Enumerable.Range(first, last - first + 1).Any(_disagreed.Contains);
    }
}
