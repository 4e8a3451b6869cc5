using System.Text;
using Laurel.Standalone.Commands;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Commands;

public sealed class SourceFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_byte_order_mark_belongs_to_no_column()
    {
        var file = Write("scores.csv", [.. "\uFEFF"u8, .. "user_id,score\r\nann,1\r\n"u8]);
        Assert.Equal(["2: ann 1"], await ReadAsync(file));
        file = Write("scores.ndjson", [.. "\uFEFF"u8, .. "{\"user_id\":\"ann\",\"score\":1}\r\n"u8]);
        Assert.Equal(["1: ann 1"], await ReadAsync(file));
    }

    [Fact]
    public async Task UTF16_is_named_with_what_to_do()
    {
        var file = Write("scores.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("user_id,score\n")).ToArray());
        Assert.Equal($"{file.Path} is UTF-16: save it as UTF-8.", (await file.OpenAsync(null, CancellationToken.None)).Mistake);
    }

    [Theory]
    [InlineData("a.csv", "", "is empty")]
    [InlineData("a.txt", "x", "--format")]
    [InlineData("a.csv", "player,points2\n", "no column that is usual for user")]
    [InlineData("a.csv", "player,points2\n", "It has: player, points2.")]
    [InlineData("a.csv", "user;score\n", "--separator")]
    [InlineData("a.csv", "\"user,score\n", "A quote is never closed")]
    public async Task What_cannot_be_read_is_said_with_what_to_do(string name, string text, string expected) =>
        Assert.Contains(expected, (await Write(name, text).OpenAsync(null, CancellationToken.None)).Mistake, StringComparison.Ordinal);

    [Fact]
    public async Task A_column_that_was_asked_for_and_is_missing_is_named()
    {
        var file = Write("a.csv", "player,points\nann,1\n") with
        {
            Mapping = new FieldMapping { Asked = new Dictionary<string, string> { ["user"] = "gamer" } },
            Filters = [new LineFilter("state", "ok", true)],
        };
        var mistake = (await file.OpenAsync(null, CancellationToken.None)).Mistake;
        Assert.Contains("no column 'gamer' for user, and no column 'state' for --where", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tabs_separate_in_a_tsv_file_and_others_on_request()
    {
        Assert.Equal(["2: ann 1"], await ReadAsync(Write("a.tsv", "user\tscore\nann\t1\n")));
        Assert.Equal(["2: ann 1"], await ReadAsync(Write("a.csv", "user;score\nann;1\n") with { Separator = ';' }));
    }

    [Fact]
    public async Task Columns_are_mapped_filtered_and_given_a_constant_score()
    {
        var file = Write("goals.csv", "date,scorer,own_goal\n1916-07-02,José,FALSE\n1916-07-02,Ann,TRUE\n1916-07-06,NA,FALSE\n1916-07-06,Ann,FALSE\n") with
        {
            Mapping = new FieldMapping { Asked = new Dictionary<string, string> { ["user"] = "scorer" }, Score = 1 },
            Filters = [LineFilter.Parse("own_goal=FALSE")!, LineFilter.Parse("scorer!=NA")!],
        };
        Assert.Equal(["2: José 1 1916-07-02", "5: Ann 1 1916-07-06"], await ReadAsync(file));
    }

    [Fact]
    public async Task Lines_of_JSON_are_read_with_the_usual_names_and_forms()
    {
        var file = Write(
            "a.ndjson",
            """
            {"user_id":"ann","score":1.5,"timestamp":"2025-08-01T12:00:00Z","other":[1]}

            {"userId":7,"points":"12","date":1754049600,"metadata":{"a":1},"name":null}
            [1]
            {"user_id":"bob"
            {"user_id":"\ud800","score":1}
            {"score":1}
            """);
        Assert.Equal(
            [
                "1: ann 1.5 2025-08-01",
                "3: 7 12 2025-08-01",
                "4: ! The line is no JSON object",
                "5: ! The line is no JSON in UTF-8",
                "6: ! A string is not valid Unicode",
                "7: ! The user id is missing",
            ],
            await ReadAsync(file));
    }

    [Fact]
    public async Task A_line_of_JSON_without_end_is_named_and_passed()
    {
        var file = Write("a.ndjson", $"{{\"user_id\":\"{new string('x', 300_000)}\"}}\n{{\"user_id\":\"ann\",\"score\":1}}\n");
        Assert.Equal([$"1: ! The line has more than {RecordBuffer.LongestRecord} bytes", "2: ann 1"], await ReadAsync(file));
    }

    [Theory]
    [InlineData("a.csv", "user,score\n\"a\n1\",1\n\nbob,2\r\nbad\ncid,3\n")]
    [InlineData("a.ndjson", "{\"user\":\"ann\",\"score\":1}\n\n{\"user\":\"bob\",\"score\":2}\r\nbad\n{\"user\":\"cid\",\"score\":3}")]
    public async Task Reading_goes_on_at_every_cursor_as_if_it_had_not_stopped(string name, string text)
    {
        var file = Write(name, text);
        var whole = await ReadAsync(file);
        for (var stop = 0; stop <= whole.Count; stop++)
        {
            string cursor;
            await using (var first = (await file.OpenAsync(null, CancellationToken.None)).Source!)
            {
                for (var i = 0; i < stop; i++)
                    await first.ReadAsync(CancellationToken.None);
                cursor = first.Cursor;
            }

            Assert.Equal(whole[stop..], await ReadAsync(file, cursor));
        }
    }

    private SourceFile Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private SourceFile Write(string name, byte[] text)
    {
        var file = new SourceFile { Path = Path.Combine(_directory, name) };
        File.WriteAllBytes(file.Path, text);
        return file;
    }

    private static async Task<List<string>> ReadAsync(SourceFile file, string? cursor = null)
    {
        var opening = await file.OpenAsync(cursor, CancellationToken.None);
        Assert.Null(opening.Mistake);
        await using var source = opening.Source!;
        List<string> lines = [];
        while (await source.ReadAsync(CancellationToken.None) is { } item)
            lines.Add($"{item.Number}: {Describe(item)}");
        return lines;
    }

    private static string Describe(SourceItem item)
    {
        if (item.Score is not { } score)
            return $"! {item.Mistake}";
        var day = score.Timestamp is { } timestamp ? $" {Laurel.GrainInterfaces.Timestamps.ToDateTimeOffset(timestamp):yyyy-MM-dd}" : "";
        return FormattableString.Invariant($"{score.UserId} {score.Score:R}{day}");
    }
}
