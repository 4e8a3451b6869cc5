namespace Laurel.Ranking;

/// <summary>
/// The times of the wall clock at which one window ends and the next begins, without regard to clock changes, and the windows' names.
/// </summary>
internal abstract class Recurrence
{
    /// <summary>The latest reset at or before the time.</summary>
    public abstract DateTime LatestAt(DateTime time);

    /// <summary>The reset after the given one.</summary>
    public abstract DateTime After(DateTime reset);

    /// <summary>The name of the window that is due to begin at the reset.</summary>
    public abstract string KeyOf(DateTime reset);

    /// <summary>The reset with that name. May accept more spellings than <see cref="KeyOf"/> writes.</summary>
    public abstract bool TryParseKey(string key, out DateTime reset);

    /// <exception cref="ArgumentOutOfRangeException">The type's windows do not recur.</exception>
    public static Recurrence Of(Timeframe timeframe)
    {
        var time = timeframe.ParsedResetTime!.Value;
        return timeframe.ParsedType switch
        {
            TimeframeType.Hourly => new HourlyRecurrence(TimeSpan.FromMinutes(time.Minutes)),
            TimeframeType.Daily => new DailyRecurrence(time),
            TimeframeType.Weekly => new WeeklyRecurrence(timeframe.ParsedWeekday!.Value, time),
            TimeframeType.Monthly => new MonthlyRecurrence(timeframe.ParsedDayOfMonth!.Value, time),
            TimeframeType.Yearly => new YearlyRecurrence(time),
            _ => throw new ArgumentOutOfRangeException(nameof(timeframe), timeframe.Type, "The type's windows do not recur."),
        };
    }
}
