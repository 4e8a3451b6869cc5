namespace Laurel.Ranking;

/// <summary>What the clocks of a time zone show, and when they show it. Instants are microseconds since the Unix epoch.</summary>
/// <remarks>
/// Good for the years 2 to 9998. Relies on a zone's offset not changing twice within two days; in the time zone database the closest
/// changes since 1900 lie a week apart.
/// </remarks>
internal sealed class WallClock(TimeZoneInfo zone)
{
    private const long MicrosPerDay = TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond;

    /// <summary>The IANA name.</summary>
    public string Id => zone.Id;

    /// <summary>Whether there is an IANA zone of exactly that name that means the same on every machine.</summary>
    public static bool Exists(string id) => TryFind(id) is not null;

    /// <exception cref="ArgumentException">There is no such zone.</exception>
    public static WallClock Find(string id) =>
        new(TryFind(id) ?? throw new ArgumentException($"'{id}' is no IANA time zone.", nameof(id)));

    public static long ToMicros(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>What the clock shows at the instant.</summary>
    public DateTime At(long instant) =>
        DateTime.SpecifyKind(ToUtc(instant + OffsetAt(instant)), DateTimeKind.Unspecified);

    /// <summary>
    /// The first instant at which the clock shows this time or a later one: for a time it shows twice the first, for a time it skips
    /// the instant of the change. Never falls when the time rises.
    /// </summary>
    public long FirstInstantOf(DateTime time)
    {
        var shown = ToMicros(time);
        var before = OffsetAt(shown - MicrosPerDay);
        var after = OffsetAt(shown + MicrosPerDay);

        var inOldOffset = shown - before;
        if (before == after || OffsetAt(inOldOffset) == before) return inOldOffset;
        var inNewOffset = shown - after;
        if (OffsetAt(inNewOffset) == after) return inNewOffset;

        // Skipped: the change to the new offset lies after the one and not after the other.
        while (inOldOffset - inNewOffset > 1)
        {
            var middle = inNewOffset + (inOldOffset - inNewOffset) / 2;
            if (OffsetAt(middle) == after) inOldOffset = middle;
            else inNewOffset = middle;
        }

        return inOldOffset;
    }

    private static TimeZoneInfo? TryFind(string id)
    {
        // Files beside the zones that stand for no place, differ between machines, or count leap seconds.
        string[] refused = ["localtime", "posixrules", "Factory", "posix/", "right/"];
        if (refused.Any(x => id.StartsWith(x, StringComparison.OrdinalIgnoreCase))) return null;

        // A zone that was found before is found again in any case, one that was not only by its file's name: so the name must be exact.
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id ? zone : null;
    }

    private static DateTime ToUtc(long instant) =>
        new(instant * TimeSpan.TicksPerMicrosecond + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);

    private long OffsetAt(long instant) => zone.GetUtcOffset(ToUtc(instant)).Ticks / TimeSpan.TicksPerMicrosecond;
}
