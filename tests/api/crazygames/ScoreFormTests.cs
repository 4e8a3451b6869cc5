using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Which items are well-formed scores, and what is read from them.</summary>
public sealed class ScoreFormTests
{
    // 2026-03-25T12:00:00Z, where the tests' clock stands.
    private const long Now = 1_774_440_000_000_000;
    private const long Tolerance = 5_000_000;

    [Theory]
    [InlineData("""{"userId":"u","score":1500,"timestamp":"2026-03-25T10:30:00.000Z"}""", "u", 1500, 1_774_434_600_000_000)]
    [InlineData("""{"timestamp":"2026-03-25T10:30Z","score":-0.5,"userId":"ü 😀/%"}""", "ü 😀/%", -0.5, 1_774_434_600_000_000)]
    [InlineData("""{"userId":"\u0075\uD83D\uDE00\n\/","score":0,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"\u0075\uD83D\uDE00\/\"","score":0,"timestamp":"2026-03-25T10:30:00Z"}""", "u😀/\"", 0, 1_774_434_600_000_000)]
    [InlineData("""{"user\u0049d":"u","sc\u006fre":1e3,"timestamp":"\u00322026"}""", null, 0, 0)]
    [InlineData("""{"user\u0049d":"u","sc\u006fre":1e3,"timestamp":"\u0032026-03-25T10:30:00Z"}""", "u", 1000, 1_774_434_600_000_000)]
    [InlineData("""{"userId":1,"userId":"last","score":null,"score":7,"timestamp":[],"timestamp":"2026-03-25T10:30:00Z"}""", "last", 7, 1_774_434_600_000_000)]
    [InlineData("""{"userId":"first","userId":1,"score":7,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":9007199254740991,"timestamp":"2026-03-25T10:30:00Z","more":{"score":[1]}}""", "u", 9007199254740991, 1_774_434_600_000_000)]
    [InlineData("""{"userId":"u","score":1,"timestamp":"2026-03-25T12:00:05Z"}""", "u", 1, Now + Tolerance)]
    [InlineData("""{"userId":"u","score":1,"timestamp":"2026-03-25T12:00:05.000001Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":1,"timestamp":"1961-04-12T06:07:00+00:00"}""", "u", 1, -275_248_380_000_000)]
    [InlineData("""{"userId":"","score":1,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"\ud800","score":1,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":"1","timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":1e400,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":true,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":1,"timestamp":1774434600000}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":1,"timestamp":"2026-03-25"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":1,"timestamp":"2026-03-25T10:30:00"}""", null, 0, 0)]
    [InlineData("""{"userId":"u","score":1}""", null, 0, 0)]
    [InlineData("""{"userId":"u","timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"score":1,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("""{"UserId":"u","score":1,"timestamp":"2026-03-25T10:30:00Z"}""", null, 0, 0)]
    [InlineData("null", null, 0, 0)]
    [InlineData("1500", null, 0, 0)]
    [InlineData("\"text\"", null, 0, 0)]
    [InlineData("""[{"userId":"u","score":1,"timestamp":"2026-03-25T10:30:00Z"}]""", null, 0, 0)]
    public void An_item_is_a_score_or_is_refused(string item, string? user, double score, long achievedAt)
    {
        var sheet = new ScoreSheet();
        var body = Encoding.UTF8.GetBytes(Bodies.Of(item));

        var shape = ScoreSheetReader.Read(body, Now + Tolerance, sheet);

        Assert.Equal(ScoreSheetShape.Scores, shape);
        Assert.Equal(1, sheet.Count);
        Assert.Equal(user is not null, sheet.IsValid(0));
        Assert.Equal(item, Encoding.UTF8.GetString(body.AsSpan(sheet.ItemAt(0))));
        if (user is null)
            return;

        var batch = sheet.ToBatch(Guid.Empty, Now);
        Assert.Equal(user, Encoding.UTF8.GetString(batch.IdOf(0)));
        Assert.Equal(score, batch.Scores[0]);
        Assert.Equal(achievedAt, batch.AchievedAt[0]);
    }

    [Fact]
    public void An_id_of_128_characters_is_taken_and_a_longer_one_refused()
    {
        Assert.True(IsValid(new string('x', UserId.MaxLength)));
        Assert.False(IsValid(new string('x', UserId.MaxLength + 1)));
        Assert.True(IsValid(string.Concat(Enumerable.Repeat("😀", UserId.MaxLength / 2))));
        Assert.False(IsValid(string.Concat(Enumerable.Repeat("€", 10_000))));

        static bool IsValid(string user)
        {
            var sheet = new ScoreSheet();
            ScoreSheetReader.Read(Encoding.UTF8.GetBytes(Bodies.Of($$"""{"userId":"{{user}}","score":1,"timestamp":"{{Bodies.Time}}"}""")), Now, sheet);
            return sheet.IsValid(0);
        }
    }

    [Theory]
    [InlineData("""{"scores":[1],"scores":[]}""", "Empty")]
    [InlineData("""{"scores":[],"scores":[1]}""", "Scores")]
    [InlineData("""{"scores":[1],"scores":{"scores":[1]}}""", "NotAnArray")]
    [InlineData("""{"a":{"scores":[1]},"b":[[{}]]}""", "NoScores")]
    [InlineData("""  {"a":1,"sc\u006fres":[1]}  """, "Scores")]
    [InlineData("""{"\ud800":1,"scores":[1]}""", "Scores")]
    [InlineData("""[{"scores":[1]}]""", "NoScores")]
    public void Scores_are_found_wherever_they_stand_and_the_last_ones_count(string body, string shape) =>
        Assert.Equal(shape, ScoreSheetReader.Read(Encoding.UTF8.GetBytes(body), Now, new ScoreSheet()).ToString());

    [Fact]
    public void Reading_a_well_formed_body_allocates_nothing()
    {
        var sheet = new ScoreSheet();
        var body = Encoding.UTF8.GetBytes(Bodies.Of(100));
        ScoreSheetReader.Read(body, Now, sheet);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ScoreSheetReader.Read(body, Now, sheet);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
