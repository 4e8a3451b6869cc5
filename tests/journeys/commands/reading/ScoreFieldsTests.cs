using Laurel.GrainInterfaces;
using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public class ScoreFieldsTests
{
    [Theory]
    [InlineData("1916-07-02", "1916-07-02T00:00:00.000000+00:00")]
    [InlineData("2025-08-01T12:00:00Z", "2025-08-01T12:00:00.000000+00:00")]
    [InlineData("2025-08-01 12:00:00.25", "2025-08-01T12:00:00.250000+00:00")]
    [InlineData("2025-08-01T12:00:00+02:00", "2025-08-01T10:00:00.000000+00:00")]
    [InlineData("2025-08-01 12:00:00.000001+00", "2025-08-01T12:00:00.000001+00:00")]
    [InlineData("2025-08-01 12:00:00-05", "2025-08-01T17:00:00.000000+00:00")]
    [InlineData("2025-08-01T12:00", "2025-08-01T12:00:00.000000+00:00")]
    [InlineData("0", "1970-01-01T00:00:00.000000+00:00")]
    [InlineData("-86400", "1969-12-31T00:00:00.000000+00:00")]
    [InlineData("1754049600", "2025-08-01T12:00:00.000000+00:00")]
    [InlineData("1754049600123", "2025-08-01T12:00:00.123000+00:00")]
    public void Instants_are_read_as_files_write_them(string text, string expected)
    {
        Assert.True(ScoreFields.TryReadInstant(text, out var micros));
        Assert.Equal(expected, Timestamps.FormatMicroseconds(micros));
    }

    [Theory]
    [InlineData("02.07.1916")]
    [InlineData("1916-02-30")]
    [InlineData("yesterday")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("1916-7-2")]
    public void What_is_no_instant_is_refused(string text) => Assert.False(ScoreFields.TryReadInstant(text, out _));

    [Theory]
    [InlineData("1500", 1500)]
    [InlineData(" 12.020123 ", 12.020123)]
    [InlineData("-1e3", -1000)]
    public void Scores_are_plain_numbers(string text, double expected)
    {
        Assert.Null(ScoreFields.Read("u", text, null, null, null, null, out var line));
        Assert.Equal(expected, line.Score);
    }

    [Theory]
    [InlineData(null, "The score is missing")]
    [InlineData("", "The score is missing")]
    [InlineData("NA", "The score 'NA' is no finite number")]
    [InlineData("NaN", "The score 'NaN' is no finite number")]
    [InlineData("1e400", "The score '1e400' is no finite number")]
    [InlineData("1,5", "The score '1,5' is no finite number")]
    public void Other_scores_are_refused_with_the_reason(string? text, string expected) =>
        Assert.Equal(expected, ScoreFields.Read("u", text, null, null, null, null, out _));

    [Theory]
    [InlineData(null, "The user id is missing")]
    [InlineData("a\tb", "The user id must have 1 to 128 characters and no control characters")]
    public void User_ids_keep_the_servers_rules(string? user, string expected) =>
        Assert.Equal(expected, ScoreFields.Read(user, "1", null, null, null, null, out _));

    [Fact]
    public void A_user_id_of_129_characters_is_refused() =>
        Assert.NotNull(ScoreFields.Read(new string('x', 129), "1", null, null, null, null, out _));

    [Theory]
    [InlineData("{\"car\":\"blue\"}", null)]
    [InlineData("", null)]
    [InlineData("blue", "The metadata are no JSON object")]
    [InlineData("[1]", "The metadata are no JSON object")]
    public void Metadata_are_JSON_objects(string text, string? expected) =>
        Assert.Equal(expected, ScoreFields.Read("u", "1", null, null, null, text, out _));
}
