namespace Laurel.Ranking.Tests;

public class TimeframeTests
{
    private static readonly Timeframe Weekly = new() { Type = "weekly", ResetDay = "monday" };

    [Fact]
    public void The_defaults_are_all_time_in_utc()
    {
        Assert.Empty(new Timeframe().Validate());
        Assert.Equal(TimeframeType.AllTime, WindowCalendar.Create(new Timeframe()).Type);
    }

    [Theory]
    [InlineData("Weekly")]
    [InlineData("fortnightly")]
    [InlineData("")]
    public void An_unknown_type_is_named(string type) =>
        AssertMistake(
            new Timeframe { Type = type },
            "timeframe.type",
            "type must be one of all_time, hourly, daily, weekly, monthly, yearly, custom, manual");

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("+02:00")]
    [InlineData("localtime")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("right/Europe/Berlin")]
    [InlineData("../../etc/hostname")]
    [InlineData("/etc/localtime")]
    public void A_zone_that_is_not_in_the_iana_database_is_refused(string zone) =>
        AssertMistake(Weekly with { Timezone = zone }, "timeframe.timezone", "timezone must be an IANA time zone such as 'Europe/Berlin'");

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/GMT+3")]
    [InlineData("Asia/Calcutta")]
    [InlineData("America/Argentina/Buenos_Aires")]
    public void Zones_of_the_iana_database_are_taken_by_old_names_too(string zone) =>
        Assert.Empty((Weekly with { Timezone = zone }).Validate());

    [Theory]
    [InlineData("24:00")]
    [InlineData("9:00")]
    [InlineData("09:60")]
    [InlineData("09:00:00")]
    [InlineData("0900")]
    [InlineData(" 09:00")]
    [InlineData("")]
    public void A_reset_time_that_is_no_time_of_day_is_refused(string time) =>
        AssertMistake(Weekly with { ResetTime = time }, "timeframe.reset_time", "reset_time must be HH:MM from 00:00 to 23:59");

    [Fact]
    public void A_weekly_board_needs_its_day() =>
        AssertMistake(new Timeframe { Type = "weekly" }, "timeframe.reset_day", "reset_day is required when type is 'weekly'");

    [Theory]
    [InlineData("weekly", "1", "reset_day must be a weekday from 'monday' to 'sunday' when type is 'weekly'")]
    [InlineData("weekly", "mon", "reset_day must be a weekday from 'monday' to 'sunday' when type is 'weekly'")]
    [InlineData("monthly", "monday", "reset_day must be a day from 1 to 31 when type is 'monthly'")]
    [InlineData("monthly", "0", "reset_day must be a day from 1 to 31 when type is 'monthly'")]
    [InlineData("monthly", "32", "reset_day must be a day from 1 to 31 when type is 'monthly'")]
    [InlineData("monthly", "-1", "reset_day must be a day from 1 to 31 when type is 'monthly'")]
    [InlineData("monthly", "1.5", "reset_day must be a day from 1 to 31 when type is 'monthly'")]
    public void A_day_that_does_not_fit_the_type_is_refused(string type, string day, string message) =>
        AssertMistake(new Timeframe { Type = type, ResetDay = day }, "timeframe.reset_day", message);

    [Fact]
    public void A_custom_season_needs_both_ends_in_order()
    {
        Assert.Equal(
            [
                new("timeframe.starts_at", "starts_at is required when type is 'custom'"),
                new("timeframe.ends_at", "ends_at is required when type is 'custom'"),
            ],
            new Timeframe { Type = "custom" }.Validate());
        var empty = new Timeframe { Type = "custom", StartsAt = 5, EndsAt = 5 };
        AssertMistake(empty, "timeframe.ends_at", "ends_at must be later than starts_at");
        Assert.Empty((empty with { EndsAt = 6 }).Validate());
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(63_072_000, true)]
    [InlineData(63_072_001, false)]
    public void Grace_is_at_most_two_years(long seconds, bool valid) =>
        Assert.Equal(valid, (Weekly with { GraceSeconds = seconds }).Validate().Count == 0);

    [Fact]
    public void Every_mistake_is_reported_at_once()
    {
        var timeframe = new Timeframe { Type = "weekly", Timezone = "Nowhere", ResetTime = "noon", GraceSeconds = -1 };
        Assert.Equal(
            ["timeframe.timezone", "timeframe.reset_time", "timeframe.reset_day", "timeframe.grace_seconds"],
            timeframe.Validate().Select(x => x.Path));
    }

    [Fact]
    public void What_means_nothing_for_the_type_is_ignored_and_not_shown()
    {
        var timeframe = new Timeframe
        {
            Type = "daily",
            Timezone = "Europe/Berlin",
            ResetTime = "09:00",
            ResetDay = "whenever",
            StartsAt = 9,
            EndsAt = 1,
        };
        Assert.Empty(timeframe.Validate());
        Assert.Equal(new Timeframe { Type = "daily", Timezone = "Europe/Berlin", ResetTime = "09:00" }, timeframe.InForce());
        Assert.Equal(new Timeframe { Type = "all_time" }, (timeframe with { Type = "all_time", Timezone = "UTC" }).InForce());
    }

    [Fact]
    public void Defaults_are_filled_in_and_names_get_their_usual_case()
    {
        Assert.Equal("1", new Timeframe { Type = "monthly" }.InForce().ResetDay);
        Assert.Equal("15", new Timeframe { Type = "monthly", ResetDay = "015" }.InForce().ResetDay);
        Assert.Equal("monday", (Weekly with { ResetDay = "Monday" }).InForce().ResetDay);
    }

    private static void AssertMistake(Timeframe timeframe, string path, string message) =>
        Assert.Equal([new ConfigMistake(path, message)], timeframe.Validate());
}
