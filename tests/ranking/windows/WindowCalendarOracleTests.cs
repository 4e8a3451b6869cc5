using NodaTime;

namespace Laurel.Ranking.Tests;

public class WindowCalendarOracleTests
{
    private const int FirstYear = 1950;
    private const int LastYear = 2060;

    public static TheoryData<string> Zones =>
    [
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia",
        "America/Sao_Paulo", "Africa/Casablanca", "America/St_Johns", "Pacific/Kwajalein", "Europe/Istanbul",
    ];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Days_weeks_months_and_years_are_those_of_a_wall_calendar(string zoneId)
    {
        var random = Seeded.Random(out var seed);
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var agreed = new AgreedYears(zoneId, FirstYear, LastYear);
        Assert.True(agreed.Count > 60, $"The time zone databases agree on {agreed.Count} years of {zoneId} alone: too few to compare.");

        foreach (var timeframe in Timeframes(zoneId, random))
        {
            var windows = NaiveCalendar.Windows(zone, timeframe, new LocalDate(FirstYear, 1, 1), new LocalDate(LastYear, 12, 31));
            Compare(timeframe, windows, agreed, random, seed);
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Hours_are_those_of_a_wall_calendar_around_every_change_of_the_clocks_and_on_random_days(string zoneId)
    {
        var random = Seeded.Random(out var seed);
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var agreed = new AgreedYears(zoneId, FirstYear, LastYear);
        var span = new Interval(Instant.FromUtc(FirstYear, 1, 2, 0, 0), Instant.FromUtc(LastYear, 12, 1, 0, 0));
        var changes = zone.GetZoneIntervals(span).Where(x => x.HasStart && x.Start > span.Start).Select(x => x.Start.InUtc().Date);
        var others = Enumerable.Range(0, 200)
            .Select(_ => new LocalDate(random.Next(FirstYear + 1, LastYear), 1, 1).PlusDays(random.Next(365)));

        string[] resetTimes = ["00:00", $"00:{random.Next(1, 60):D2}"];
        foreach (var day in changes.Concat(others))
        {
            foreach (var resetTime in resetTimes)
            {
                var timeframe = new Timeframe { Type = "hourly", Timezone = zoneId, ResetTime = resetTime };
                Compare(timeframe, NaiveCalendar.Windows(zone, timeframe, day.PlusDays(-2), day.PlusDays(3)), agreed, random, seed);
            }
        }
    }

    private static IEnumerable<Timeframe> Timeframes(string zoneId, Random random)
    {
        var weekdays = Enum.GetNames<DayOfWeek>();
        foreach (var resetTime in new[] { "00:00", "02:30", $"{random.Next(24):D2}:{random.Next(60):D2}" })
        {
            yield return new Timeframe { Type = "daily", Timezone = zoneId, ResetTime = resetTime };
            foreach (var weekday in random.GetItems(weekdays, 2))
                yield return new Timeframe { Type = "weekly", Timezone = zoneId, ResetTime = resetTime, ResetDay = weekday };
            foreach (var day in new[] { null, "29", "31", $"{random.Next(2, 31)}" })
                yield return new Timeframe { Type = "monthly", Timezone = zoneId, ResetTime = resetTime, ResetDay = day };
            yield return new Timeframe { Type = "yearly", Timezone = zoneId, ResetTime = resetTime };
        }
    }

    private static void Compare(Timeframe timeframe, List<SeasonWindow> windows, AgreedYears agreed, Random random, int seed)
    {
        var calendar = WindowCalendar.Create(timeframe);
        for (var i = 1; i < windows.Count - 1; i++)
        {
            var window = windows[i];
            if (!agreed.Cover(window)) continue;

            var (start, end) = (window.StartsAt!.Value, window.EndsAt!.Value);
            Expect(window, calendar.At(start), "at its start");
            Expect(window, calendar.At(end - 1), "at its end");
            Expect(window, calendar.At(random.NextInt64(start, end)), "inside");
            Expect(window, calendar.FromKey(window.Key), "by its key");

            // These follow from At; a look at some is enough.
            if (i % 16 != 0 || !agreed.Cover(windows[i - 1]) || !agreed.Cover(windows[i + 1])) continue;
            Expect(windows[i + 1], calendar.Next(window), "after");
            Expect(windows[i - 1], calendar.Previous(window), "before");
        }

        void Expect(SeasonWindow expected, SeasonWindow? actual, string where)
        {
            if (actual != expected) Assert.Fail($"seed {seed}: {timeframe} {where}: expected {expected}, got {actual}");
        }
    }
}
