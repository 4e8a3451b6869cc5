using System.Globalization;

namespace Laurel.Ranking;

/// <summary>When a board's seasons begin and end, as its owner wrote it; <see cref="WindowCalendar"/> makes it work.</summary>
/// <remarks>
/// <para>
/// Resets are times of the wall clock in <see cref="Timezone"/>: one that the clock skips happens at the next instant there is, one
/// that comes twice happens the first time.
/// </para>
/// <para>
/// What means nothing for the type (<see cref="ResetDay"/> but for weekly and monthly, <see cref="StartsAt"/> and <see cref="EndsAt"/>
/// but for custom, <see cref="ResetTime"/> for all_time, custom and manual) is ignored, so that a client may always send the whole
/// object; <see cref="InForce"/> shows what remains.
/// </para>
/// </remarks>
public sealed record Timeframe
{
    /// <summary>The longest grace: two years of 365 days.</summary>
    public const long MaxGraceSeconds = 2L * 365 * 24 * 60 * 60;

    private static readonly string[] TypeNames =
        ["all_time", "hourly", "daily", "weekly", "monthly", "yearly", "custom", "manual"];

    private static readonly string[] WeekdayNames =
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>hourly, daily, weekly, monthly, yearly, all_time, custom or manual.</summary>
    public string Type { get; init; } = "all_time";

    /// <summary>An IANA time zone, the one whose wall clock resets the board and names its windows.</summary>
    public string Timezone { get; init; } = "UTC";

    /// <summary>HH:MM, 00:00 to 23:59. Hourly boards take its minutes alone: at 00:15 they reset a quarter past every hour.</summary>
    public string ResetTime { get; init; } = "00:00";

    /// <summary>
    /// Weekly: an English weekday in any case, required. Monthly: 1 to 31, 1 when absent; in a shorter month its last day. Yearly
    /// boards always reset on 1 January.
    /// </summary>
    public string? ResetDay { get; init; }

    /// <summary>Custom: the season's first instant, in microseconds since the Unix epoch.</summary>
    public long? StartsAt { get; init; }

    /// <summary>Custom: the first instant after the season, in microseconds since the Unix epoch.</summary>
    public long? EndsAt { get; init; }

    /// <summary>How long after its end a window still takes events that belong to it, in seconds.</summary>
    public long GraceSeconds { get; init; } = 300;

    /// <summary>All that is wrong, in the order of the fields; empty when a calendar can be made of it.</summary>
    public IReadOnlyList<ConfigMistake> Validate()
    {
        List<ConfigMistake> mistakes = [];
        var type = ParsedType;
        if (type is null) Add("type", $"type must be one of {string.Join(", ", TypeNames)}");
        if (!WallClock.Exists(Timezone)) Add("timezone", "timezone must be an IANA time zone such as 'Europe/Berlin'");
        if (ParsedResetTime is null) Add("reset_time", "reset_time must be HH:MM from 00:00 to 23:59");

        if (type == TimeframeType.Weekly && ResetDay is null) Add("reset_day", "reset_day is required when type is 'weekly'");
        else if (type == TimeframeType.Weekly && ParsedWeekday is null)
            Add("reset_day", "reset_day must be a weekday from 'monday' to 'sunday' when type is 'weekly'");
        else if (type == TimeframeType.Monthly && ParsedDayOfMonth is null)
            Add("reset_day", "reset_day must be a day from 1 to 31 when type is 'monthly'");

        if (type == TimeframeType.Custom)
        {
            if (StartsAt is null) Add("starts_at", "starts_at is required when type is 'custom'");
            if (EndsAt is null) Add("ends_at", "ends_at is required when type is 'custom'");
            if (StartsAt >= EndsAt) Add("ends_at", "ends_at must be later than starts_at");
        }

        if (GraceSeconds is < 0 or > MaxGraceSeconds) Add("grace_seconds", $"grace_seconds must be from 0 to {MaxGraceSeconds}");
        return mistakes;

        void Add(string field, string message) => mistakes.Add(new ConfigMistake($"timeframe.{field}", message));
    }

    /// <summary>
    /// The same seasons in one spelling: names in their usual case, defaults filled in, and without what means nothing for the type
    /// (a reset time that does is 00:00). Of a valid timeframe.
    /// </summary>
    public Timeframe InForce()
    {
        var type = ParsedType;
        return this with
        {
            Timezone = WallClock.Find(Timezone).Id,
            ResetTime = type is TimeframeType.AllTime or TimeframeType.Custom or TimeframeType.Manual ? "00:00" : ResetTime,
            ResetDay = type switch
            {
                TimeframeType.Weekly => WeekdayNames[(int)ParsedWeekday!],
                TimeframeType.Monthly => ParsedDayOfMonth!.Value.ToString(CultureInfo.InvariantCulture),
                _ => null,
            },
            StartsAt = type == TimeframeType.Custom ? StartsAt : null,
            EndsAt = type == TimeframeType.Custom ? EndsAt : null,
        };
    }

    internal TimeframeType? ParsedType =>
        Array.IndexOf(TypeNames, Type) is >= 0 and var index ? (TimeframeType)index : null;

    internal TimeSpan? ParsedResetTime =>
        TimeOnly.TryParseExact(ResetTime, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToTimeSpan()
            : null;

    internal DayOfWeek? ParsedWeekday =>
        Array.FindIndex(WeekdayNames, x => x.Equals(ResetDay, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
            ? (DayOfWeek)index
            : null;

    internal int? ParsedDayOfMonth =>
        ResetDay is null ? 1
        : int.TryParse(ResetDay, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day
        : null;
}
