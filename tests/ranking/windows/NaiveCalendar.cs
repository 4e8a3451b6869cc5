using System.Globalization;
using NodaTime;
using NodaTime.Calendars;

namespace Laurel.Ranking.Tests;

/// <summary>
/// Windows as one would write them into a wall calendar: go through every date, note where the wall clock says a window begins, look
/// up in NodaTime's own time zone database when that is, and strike out what turns out to have no length.
/// </summary>
internal static class NaiveCalendar
{
    public static List<SeasonWindow> Windows(DateTimeZone zone, Timeframe timeframe, LocalDate from, LocalDate to)
    {
        var resets = Resets(timeframe, from, to).Select(x => (x.Key, At: InstantOf(zone, x.Time))).ToList();
        return resets.Zip(resets.Skip(1))
            .Where(x => x.First.At < x.Second.At)
            .Select(x => new SeasonWindow(x.First.Key, x.First.At, x.Second.At))
            .ToList();
    }

    private static IEnumerable<(string Key, LocalDateTime Time)> Resets(Timeframe timeframe, LocalDate from, LocalDate to)
    {
        var time = new LocalTime(Number(timeframe.ResetTime[..2]), Number(timeframe.ResetTime[3..]));
        for (var date = from; date < to; date = date.PlusDays(1))
        {
            switch (timeframe.Type)
            {
                case "hourly":
                    for (var hour = 0; hour < 24; hour++) yield return ($"{Day(date)}T{hour:D2}", date + new LocalTime(hour, time.Minute));
                    break;
                case "daily":
                    yield return (Day(date), date + time);
                    break;
                case "weekly" when date.DayOfWeek.ToString().Equals(timeframe.ResetDay, StringComparison.OrdinalIgnoreCase):
                    var weeks = WeekYearRules.Iso;
                    yield return ($"{weeks.GetWeekYear(date):D4}-W{weeks.GetWeekOfWeekYear(date):D2}", date + time);
                    break;
                case "monthly" when IsMonthlyReset(date, Number(timeframe.ResetDay ?? "1")):
                    yield return ($"{date.Year:D4}-{date.Month:D2}", date + time);
                    break;
                case "yearly" when date is { Month: 1, Day: 1 }:
                    yield return ($"{date.Year:D4}", date + time);
                    break;
            }
        }
    }

    private static bool IsMonthlyReset(LocalDate date, int day) =>
        date.Day == day || (date.Day < day && date.PlusDays(1).Month != date.Month);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Day(LocalDate date) => $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}";

    private static long InstantOf(DateTimeZone zone, LocalDateTime time)
    {
        var mapping = zone.MapLocal(time);
        var instant = mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
        return instant.ToUnixTimeTicks() / 10;
    }
}
