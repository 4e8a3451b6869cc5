using Laurel.GrainInterfaces;

namespace Laurel.Ranking.Tests;

public class WindowCalendarTests
{
    [Theory]
    [InlineData("hourly", null, "2025-11-18T12:59:59Z", "2025-11-18T12", "2025-11-18T12:00:00Z", "2025-11-18T13:00:00Z")]
    [InlineData("daily", null, "2025-11-18T12:59:59Z", "2025-11-18", "2025-11-18T00:00:00Z", "2025-11-19T00:00:00Z")]
    [InlineData("weekly", "monday", "2025-11-18T12:59:59Z", "2025-W47", "2025-11-17T00:00:00Z", "2025-11-24T00:00:00Z")]
    [InlineData("weekly", "Wednesday", "2025-11-18T12:59:59Z", "2025-W46", "2025-11-12T00:00:00Z", "2025-11-19T00:00:00Z")]
    [InlineData("monthly", null, "2025-11-18T12:59:59Z", "2025-11", "2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z")]
    [InlineData("monthly", "31", "2025-02-28T00:00:00Z", "2025-02", "2025-02-28T00:00:00Z", "2025-03-31T00:00:00Z")]
    [InlineData("monthly", "31", "2025-02-27T23:59:59Z", "2025-01", "2025-01-31T00:00:00Z", "2025-02-28T00:00:00Z")]
    [InlineData("yearly", null, "2025-11-18T12:59:59Z", "2025", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    public void An_instant_belongs_to_the_window_of_its_hour_day_week_month_or_year(
        string type, string? resetDay, string instant, string key, string start, string end)
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = type, ResetDay = resetDay });
        Assert.Equal(Window(key, start, end), calendar.At(At(instant)));
    }

    [Theory]
    [InlineData("2024-12-30T00:00:00Z", "2025-W01")]
    [InlineData("2027-01-03T23:59:59Z", "2026-W53")]
    [InlineData("2027-01-04T00:00:00Z", "2027-W01")]
    public void A_week_around_new_year_is_named_by_its_iso_year(string instant, string key)
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "weekly", ResetDay = "monday" });
        Assert.Equal(key, calendar.At(At(instant))!.Value.Key);
        Assert.Equal(calendar.At(At(instant)), calendar.FromKey(key));
    }

    [Fact]
    public void An_hour_that_comes_twice_is_one_window_of_two_hours()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "hourly", Timezone = "Europe/Berlin" });
        var expected = Window("2025-10-26T02", "2025-10-26T00:00:00Z", "2025-10-26T02:00:00Z");
        Assert.Equal(expected, calendar.At(At("2025-10-26T02:30:00+02:00")));
        Assert.Equal(expected, calendar.At(At("2025-10-26T02:30:00+01:00")));
        Assert.Equal("2025-10-26T03", calendar.Next(expected)!.Value.Key);
        Assert.Equal("2025-10-26T01", calendar.Previous(expected)!.Value.Key);
    }

    [Fact]
    public void An_hour_that_is_skipped_is_no_window()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "hourly", Timezone = "Europe/Berlin" });
        Assert.Null(calendar.FromKey("2025-03-30T02"));
        var before = calendar.FromKey("2025-03-30T01")!.Value;
        Assert.Equal(Window("2025-03-30T03", "2025-03-30T01:00:00Z", "2025-03-30T02:00:00Z"), calendar.Next(before));
    }

    [Fact]
    public void A_reset_that_is_skipped_happens_when_the_clock_is_put_forward_and_a_doubled_one_the_first_time()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "daily", Timezone = "Europe/Berlin", ResetTime = "02:30" });
        Assert.Equal(Window("2025-03-30", "2025-03-30T03:00:00+02:00", "2025-03-31T02:30:00+02:00"), calendar.FromKey("2025-03-30"));
        Assert.Equal(Window("2025-10-26", "2025-10-26T02:30:00+02:00", "2025-10-27T02:30:00+01:00"), calendar.FromKey("2025-10-26"));
    }

    [Fact]
    public void The_hour_with_half_an_hour_skipped_is_half_an_hour_long()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "hourly", Timezone = "Australia/Lord_Howe" });
        Assert.Equal(Window("2025-10-05T02", "2025-10-05T02:30:00+11:00", "2025-10-05T03:00:00+11:00"), calendar.FromKey("2025-10-05T02"));
        Assert.Equal(Window("2025-04-06T01", "2025-04-06T01:00:00+11:00", "2025-04-06T02:00:00+10:30"), calendar.FromKey("2025-04-06T01"));
    }

    [Fact]
    public void The_day_that_samoa_skipped_is_no_window()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "daily", Timezone = "Pacific/Apia" });
        Assert.Null(calendar.FromKey("2011-12-30"));
        var before = calendar.FromKey("2011-12-29")!.Value;
        Assert.Equal(Window("2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"), calendar.Next(before));
    }

    [Fact]
    public void A_clock_put_back_over_midnight_leaves_the_new_day_open()
    {
        // Until 2011 Newfoundland put its clocks back at one minute past midnight.
        var calendar = WindowCalendar.Create(new Timeframe { Type = "daily", Timezone = "America/St_Johns" });
        var day = Window("2010-11-07", "2010-11-07T00:00:00-02:30", "2010-11-08T00:00:00-03:30");
        Assert.Equal(day, calendar.At(At("2010-11-07T00:00:30-02:30")));
        Assert.Equal(day, calendar.At(At("2010-11-06T23:30:00-03:30")));
        Assert.Equal(day, calendar.FromKey("2010-11-07"));
    }

    [Fact]
    public void Hourly_boards_reset_at_the_minute_of_the_reset_time()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "hourly", ResetTime = "09:15" });
        Assert.Equal(Window("2025-11-18T11", "2025-11-18T11:15:00Z", "2025-11-18T12:15:00Z"), calendar.At(At("2025-11-18T12:14:59Z")));
    }

    [Fact]
    public void All_time_is_one_window_without_ends()
    {
        var calendar = WindowCalendar.Create(new Timeframe());
        var window = new SeasonWindow("all_time", null, null);
        Assert.Equal(window, calendar.At(long.MinValue));
        Assert.Equal(window, calendar.At(long.MaxValue));
        Assert.Equal(window, calendar.FromKey("all_time"));
        Assert.Null(calendar.FromKey("2025"));
        Assert.Null(calendar.Next(window));
        Assert.Null(calendar.Previous(window));
    }

    [Fact]
    public void A_custom_season_has_nothing_before_and_after()
    {
        var window = Window("custom", "2025-06-01T18:00:00Z", "2025-06-08T18:00:00Z");
        var calendar = WindowCalendar.Create(new Timeframe { Type = "custom", StartsAt = window.StartsAt, EndsAt = window.EndsAt });
        Assert.Equal(window, calendar.At(window.StartsAt!.Value));
        Assert.Equal(window, calendar.At(window.EndsAt!.Value - 1));
        Assert.Equal(window, calendar.FromKey("custom"));
        Assert.Null(calendar.At(window.StartsAt!.Value - 1));
        Assert.Null(calendar.At(window.EndsAt!.Value));
        Assert.Null(calendar.Next(window));
        Assert.Null(calendar.Previous(window));
    }

    [Fact]
    public void A_manual_board_has_no_calendar()
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = "manual" });
        Assert.Null(calendar.At(0));
        Assert.Null(calendar.FromKey("manual"));
        Assert.Null(calendar.FromKey("cup-1"));
    }

    [Theory]
    [InlineData("hourly", "2025-11-18T24")]
    [InlineData("hourly", "2025-11-18T1")]
    [InlineData("hourly", "2025-11-18 12")]
    [InlineData("hourly", "2025-11-18")]
    [InlineData("daily", "2025-02-29")]
    [InlineData("daily", "2025-2-28")]
    [InlineData("daily", "2025-11-18 ")]
    [InlineData("daily", "٢٠٢٥-11-18")]
    [InlineData("weekly", "2025-W00")]
    [InlineData("weekly", "2025-W53")]
    [InlineData("weekly", "2025-W1")]
    [InlineData("weekly", "2025-w01")]
    [InlineData("weekly", "2025-W+1")]
    [InlineData("weekly", "2025-11")]
    [InlineData("monthly", "2025-13")]
    [InlineData("monthly", "2025-1")]
    [InlineData("yearly", "25")]
    [InlineData("yearly", "0000")]
    [InlineData("yearly", "0001")]
    [InlineData("yearly", "9999")]
    [InlineData("yearly", "12025")]
    [InlineData("yearly", "")]
    [InlineData("yearly", "current")]
    public void What_is_no_key_of_the_calendar_has_no_window(string type, string key)
    {
        var calendar = WindowCalendar.Create(new Timeframe { Type = type, ResetDay = type == "weekly" ? "monday" : null });
        Assert.Null(calendar.FromKey(key));
    }

    [Theory]
    [InlineData("hourly")]
    [InlineData("daily")]
    [InlineData("weekly")]
    [InlineData("monthly")]
    [InlineData("yearly")]
    public void At_the_ends_of_the_years_3_to_9997_the_windows_stop_and_nothing_throws(string type)
    {
        foreach (var zone in new[] { "UTC", "Pacific/Kiritimati", "Pacific/Niue" })
        {
            var resetDay = type == "weekly" ? "friday" : "31";
            var calendar = WindowCalendar.Create(new Timeframe { Type = type, Timezone = zone, ResetTime = "23:59", ResetDay = resetDay });
            AssertEnd(calendar, At("0004-06-01T00:00:00Z"), static (calendar, window) => calendar.Previous(window));
            AssertEnd(calendar, At("9996-06-01T00:00:00Z"), static (calendar, window) => calendar.Next(window));
            foreach (var outside in new[] { long.MinValue, Timestamps.MinValue, Timestamps.MaxValue, long.MaxValue })
                Assert.Null(calendar.At(outside));
        }

        static void AssertEnd(WindowCalendar calendar, long from, Func<WindowCalendar, SeasonWindow, SeasonWindow?> step)
        {
            var window = calendar.At(from);
            for (var steps = 0; window is { } present; steps++)
            {
                Assert.Equal(present, calendar.FromKey(present.Key));
                Assert.InRange(present.StartsAt!.Value, Timestamps.MinValue, Timestamps.MaxValue);
                Assert.InRange(present.EndsAt!.Value, Timestamps.MinValue, Timestamps.MaxValue);
                Assert.True(steps < 40_000, "The windows do not stop.");
                window = step(calendar, present);
            }
        }
    }

    [Fact]
    public void A_timeframe_with_mistakes_makes_no_calendar()
    {
        var thrown = Assert.Throws<ArgumentException>(() => WindowCalendar.Create(new Timeframe { Type = "weekly" }));
        Assert.StartsWith("timeframe.reset_day: reset_day is required when type is 'weekly'.", thrown.Message, StringComparison.Ordinal);
    }

    private static long At(string text)
    {
        Assert.True(Timestamps.TryParse(text, out var micros), text);
        return micros;
    }

    private static SeasonWindow Window(string key, string start, string end) => new(key, At(start), At(end));
}
