using System.Globalization;

namespace Laurel.Ranking;

/// <summary>Every month on the same day, or on its last one where the month is shorter.</summary>
internal sealed class MonthlyRecurrence(int day, TimeSpan timeOfDay) : Recurrence
{
    private const string Format = "yyyy-MM";

    public override DateTime LatestAt(DateTime time)
    {
        var reset = In(time);
        return reset <= time ? reset : In(time.AddMonths(-1));
    }

    public override DateTime After(DateTime reset) => In(reset.AddMonths(1));

    public override string KeyOf(DateTime reset) => reset.ToString(Format, CultureInfo.InvariantCulture);

    public override bool TryParseKey(string key, out DateTime reset)
    {
        var parsed = DateTime.TryParseExact(key, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month);
        reset = In(month);
        return parsed;
    }

    private DateTime In(DateTime month) =>
        new DateTime(month.Year, month.Month, Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month))) + timeOfDay;
}
