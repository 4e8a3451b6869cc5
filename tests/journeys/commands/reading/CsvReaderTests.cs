using System.Text;
using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "1: a|b", "2: c|d")]
    [InlineData("a,b\r\nc,d", "1: a|b", "2: c|d")]
    [InlineData("a,\r\n,b\r\n,\r\n", "1: a|", "2: |b", "3: |")]
    [InlineData("\"a,b\",\"say \"\"hi\"\"\"\n", "1: a,b|say \"hi\"")]
    [InlineData("\"one\r\ntwo\",x\ny,z\n", "1: one\r\ntwo|x", "3: y|z")]
    [InlineData("\"\",x\n\"\"\"\",y", "1: |x", "2: \"|y")]
    [InlineData("a\"b,c\"\n", "1: a\"b|c\"")]
    [InlineData("a\rb,c\r,d\n", "1: a\rb|c\r|d")]
    [InlineData("\n\r\na,b\n\n", "3: a|b")]
    [InlineData("\"a\"\r\n\"b\"\r", "1: a", "2: b")]
    [InlineData("José,Šime\n", "1: José|Šime")]
    [InlineData("")]
    public async Task Records_are_read_as_RFC_4180_has_them(string text, params string[] expected) =>
        Assert.Equal(expected, await ReadAsync(text));

    [Theory]
    [InlineData("\"a\"b,c\nd,e\n", "1: ! Text follows a closing quote", "2: d|e")]
    [InlineData("\"a\"\rb,c\nd,e\n", "1: ! Text follows a closing quote", "2: d|e")]
    [InlineData("a,\"b\nc,d\ne,f\n", "1: ! A quote is never closed", "2: c|d", "3: e|f")]
    [InlineData("a,\"b\nc,d\n\"e,f\"\ng,h\n", "1: ! Text follows a closing quote", "2: c|d", "3: ! The line has 1 fields where the header has 2", "4: g|h")]
    [InlineData("a,b,c\nd,e\nf\n", "1: ! The line has 3 fields where the header has 2", "2: d|e", "3: ! The line has 1 fields where the header has 2")]
    public async Task A_wrong_record_costs_one_line(string text, params string[] expected) =>
        Assert.Equal(expected, await ReadAsync(text, columns: 2));

    [Fact]
    public async Task A_line_that_is_no_UTF8_is_named_and_the_next_one_read()
    {
        byte[] text = [.. "a,b\n"u8, 0x4A, 0x6F, 0x73, 0xE9, .. ",c\nd,e\n"u8];
        Assert.Equal(["1: a|b", "2: ! The line is not UTF-8", "3: d|e"], await ReadAsync(text, new Random(1), 2));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\"", 1)]
    [InlineData("", 3)]
    public async Task A_huge_field_is_named_and_passed_in_bounded_memory(string quote, int multiple)
    {
        var huge = new string('x', multiple * 4 * RecordBuffer.LongestRecord);
        var lines = await ReadAsync($"a,b\n{quote}{huge},c\nd,e\n", columns: 2);
        Assert.Equal(["1: a|b", $"2: ! The line has more than {RecordBuffer.LongestRecord} bytes", "3: d|e"], lines);
    }

    [Fact]
    public async Task A_quote_that_swallows_much_of_the_file_gives_it_back()
    {
        var rest = string.Concat(Enumerable.Range(0, 20_000).Select(static number => $"user{number},{number}\n"));
        var lines = await ReadAsync($"\"a,1\n{rest}", columns: 2);
        Assert.Equal($"1: ! A quote is not closed within {RecordBuffer.LongestRecord} bytes", lines[0]);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(static number => $"{number + 2}: user{number}|{number}"), lines[1..]);
    }

    [Fact]
    public async Task What_a_writer_of_CSV_writes_is_read_back_however_the_stream_is_cut()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var columns = random.Next(2, 5);
            var records = Enumerable.Range(0, random.Next(1, 20)).Select(_ => Enumerable.Range(0, columns).Select(_ => Field(random)).ToArray()).ToArray();
            var text = new StringBuilder();
            List<string> expected = [];
            var line = 1;
            foreach (var record in records)
            {
                expected.Add($"{line}: {string.Join('|', record)}");
                text.AppendJoin(',', record.Select(field => Quote(field, random))).Append(random.Next(2) == 0 ? "\n" : "\r\n");
                line += 1 + record.Sum(static field => field.Count(static character => character == '\n'));
            }

            Assert.Equal(expected, await ReadAsync(Encoding.UTF8.GetBytes(text.ToString()), random, columns));
        }
    }

    private static string Field(Random random)
    {
        string[] pieces = ["a", "é", "€", "𝄞", "\"", ",", "\n", "\r\n", " ", "12.5", ""];
        return string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static string Quote(string field, Random random) =>
        field.AsSpan().IndexOfAny("\",\r\n") >= 0 || random.Next(3) == 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static Task<List<string>> ReadAsync(string text, int columns = 0) => ReadAsync(Encoding.UTF8.GetBytes(text), new Random(1), columns, 100_000);

    private static async Task<List<string>> ReadAsync(byte[] text, Random random, int columns, int most = 7)
    {
        var reader = new CsvReader(new RecordBuffer(new TricklingStream(text, random, most)), ',') { Columns = columns };
        List<string> lines = [];
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
            var content = reader.Mistake is { } mistake ? $"! {mistake}" : string.Join('|', Enumerable.Range(0, reader.Count).Select(column => reader[column]));
            lines.Add($"{reader.Line}: {content}");
        }

        return lines;
    }
}
