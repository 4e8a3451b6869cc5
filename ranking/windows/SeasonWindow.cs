namespace Laurel.Ranking;

/// <summary>One season's time.</summary>
/// <param name="Key">
/// Its name, unique on its board: <c>2025-11-18T12</c>, <c>2025-11-18</c>, <c>2025-W47</c>, <c>2025-11</c>, <c>2025</c>,
/// <c>all_time</c>, <c>custom</c>.
/// </param>
/// <param name="StartsAt">Its first instant in microseconds since the Unix epoch; null when it has always been running.</param>
/// <param name="EndsAt">The first instant after it in microseconds since the Unix epoch; null when it never ends.</param>
public readonly record struct SeasonWindow(string Key, long? StartsAt, long? EndsAt)
{
    /// <summary>Whether the instant, in microseconds since the Unix epoch, belongs to this window.</summary>
    public bool Contains(long instant) => !(instant < StartsAt) && !(instant >= EndsAt);
}
