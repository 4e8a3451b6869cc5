using System.Globalization;

namespace Laurel.Ranking;

/// <summary>
/// Every week on the same day. A window is named by the ISO week its first day lies in, which may be of the next or last year.
/// </summary>
internal sealed class WeeklyRecurrence(DayOfWeek weekday, TimeSpan timeOfDay) : Recurrence
{
    public override DateTime LatestAt(DateTime time)
    {
        var day = (time - timeOfDay).Date;
        var sinceReset = ((int)day.DayOfWeek - (int)weekday + 7) % 7;
        return day.AddDays(-sinceReset) + timeOfDay;
    }

    public override DateTime After(DateTime reset) => reset.AddDays(7);

    public override string KeyOf(DateTime reset) =>
        string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(reset):D4}-W{ISOWeek.GetWeekOfYear(reset):D2}");

    public override bool TryParseKey(string key, out DateTime reset)
    {
        reset = default;
        if (key.Length != 8 || !key.AsSpan(4, 2).SequenceEqual("-W")) return false;
        if (!int.TryParse(key.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return false;
        if (!int.TryParse(key.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week)) return false;
        if (year is < 2 or > 9998 || week < 1 || week > ISOWeek.GetWeeksInYear(year)) return false;
        reset = ISOWeek.ToDateTime(year, week, weekday) + timeOfDay;
        return true;
    }
}
