using System.Globalization;
using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>The one-pass reader against a reader that first makes a document of the body, over bodies made and broken at random.</summary>
public sealed class ScoreSheetReaderFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 60_000;
    private const long Latest = 1_774_440_005_000_000;

    private static readonly string[] Values =
    [
        "1500", "-0", "12.020123", "1e400", "-1.5e-3", "0.1", "123456789012345678901234567890", "9007199254740993", "null", "true", "\"\"",
        "\"user\"", "\"u\\u0073er\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"é\\t\"", "\"2026-03-25T10:30:00Z\"", "\"2026-03-25T12:30+02:00\"",
        "\"2026-13-25T10:30:00Z\"", "\"2027-03-25T10:30:00Z\"", "\"\\u0032026-03-25T10:30:00.123456789Z\"", "{}", "[]", "{\"score\":1}", "[[1],{}]",
    ];

    private static readonly string[] Names = ["userId", "score", "timestamp", "scor\\u0065", "userid", "extra", "scores", "\\ud800", ""];

    [Fact]
    public void Both_readers_see_the_same_in_every_body()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sheet = new ScoreSheet();
        var wellFormed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var body = Encoding.UTF8.GetBytes(MakeBody(random));
            if (random.Next(3) == 0)
                Break(random, ref body);

            var shape = ScoreSheetReader.Read(body, Latest, sheet);
            var (expectedShape, expected) = ReadByDocument(body);

            var text = Encoding.UTF8.GetString(body);
            Assert.True(expectedShape == shape, $"round {round}: {expectedShape} expected, {shape} read from {text}");
            if (shape != ScoreSheetShape.Scores)
                continue;
            wellFormed++;
            Assert.Equal(expected.Count, sheet.Count);
            for (var i = 0; i < expected.Count; i++)
            {
                Assert.True(expected[i].Raw == Encoding.UTF8.GetString(body[sheet.ItemAt(i)]), $"round {round}: item {i} of {text}");
                Assert.True(expected[i].Score is not null == sheet.IsValid(i), $"round {round}: item {i} of {text}");
            }

            if (sheet.ValidCount == sheet.Count)
                AssertSame(expected, sheet.ToBatch(Guid.Empty, 0));
        }

        Assert.InRange(wellFormed, Rounds / 10, Rounds);
    }

    private static void AssertSame(List<Item> expected, ScoreBatch batch)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].User, Encoding.UTF8.GetString(batch.IdOf(i)));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected[i].Score!.Value), BitConverter.DoubleToInt64Bits(batch.Scores[i]));
            Assert.Equal(expected[i].AchievedAt, batch.AchievedAt[i]);
        }
    }

    private static (ScoreSheetShape Shape, List<Item> Items) ReadByDocument(byte[] body)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(body);
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || LastOf(document.RootElement, "scores") is not { } scores)
                return (ScoreSheetShape.NoScores, []);
            if (scores.ValueKind != JsonValueKind.Array)
                return (ScoreSheetShape.NotAnArray, []);
            return scores.GetArrayLength() switch
            {
                0 => (ScoreSheetShape.Empty, []),
                > 100 => (ScoreSheetShape.TooMany, []),
                _ => (ScoreSheetShape.Scores, [.. scores.EnumerateArray().Select(Read)]),
            };
        }
        catch (Exception malformed) when (malformed is JsonException or DecoderFallbackException)
        {
            return (ScoreSheetShape.NoScores, []);
        }
    }

    private static Item Read(JsonElement item)
    {
        var invalid = new Item(item.GetRawText(), "", null, 0);
        if (item.ValueKind != JsonValueKind.Object
            || LastOf(item, "userId") is not { ValueKind: JsonValueKind.String } user
            || LastOf(item, "score") is not { ValueKind: JsonValueKind.Number } score
            || LastOf(item, "timestamp") is not { ValueKind: JsonValueKind.String } timestamp)
        {
            return invalid;
        }

        var number = double.Parse(score.GetRawText(), CultureInfo.InvariantCulture);
        var isTime = Timestamps.TryParse(TextOf(timestamp), out var achievedAt) && achievedAt <= Latest;
        return UserId.IsValid(TextOf(user)) && double.IsFinite(number) && isTime
            ? new Item(item.GetRawText(), TextOf(user)!, number, achievedAt)
            : invalid;
    }

    private static JsonElement? LastOf(JsonElement item, string name)
    {
        JsonElement? last = null;
        foreach (var member in item.EnumerateObject())
        {
            if (TextOf(member) == name)
                last = member.Value;
        }

        return last;
    }

    // An unpaired surrogate has no text: the platform's reader throws.
    private static string? TextOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string MakeBody(Random random)
    {
        var text = new StringBuilder("{");
        var members = random.Next(1, 4);
        for (var i = 0; i < members; i++)
        {
            var isScores = i == members - 1 || random.Next(4) == 0;
            text.Append(i == 0 ? "" : ",").Append('"').Append(isScores ? "scores" : Names[random.Next(Names.Length)]).Append("\":");
            text.Append(isScores && random.Next(12) > 0 ? MakeScores(random) : Values[random.Next(Values.Length)]);
        }

        return text.Append('}').ToString();
    }

    private static string MakeScores(Random random)
    {
        var count = random.Next(40) switch { 0 => 0, 1 => 100, 2 => 101, _ => random.Next(1, 5) };
        return $"[{string.Join(random.Next(2) == 0 ? "," : " ,\n", Enumerable.Range(0, count).Select(_ => MakeItem(random)))}]";
    }

    private static string MakeItem(Random random)
    {
        if (random.Next(3) > 0)
            return $$"""{"userId":"user{{random.Next(1000)}}","score":{{MakeNumber(random)}},"timestamp":"2026-03-25T1{{random.Next(2)}}:0{{random.Next(10)}}:00.{{random.Next(1000)}}Z"}""";
        if (random.Next(4) == 0)
            return Values[random.Next(Values.Length)];
        return $"{{{string.Join(", ", Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\" : {Values[random.Next(Values.Length)]}"))}}}";
    }

    private static string MakeNumber(Random random) => random.Next(5) switch
    {
        0 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        1 => random.NextDouble().ToString("R", CultureInfo.InvariantCulture),
        2 => $"-{random.Next(100_000)}.{random.Next(1_000_000):D6}",
        3 => (random.NextDouble() * Math.Pow(10, random.Next(-320, 310))).ToString("R", CultureInfo.InvariantCulture),
        _ => random.Next(10_000).ToString(CultureInfo.InvariantCulture),
    };

    private static void Break(Random random, ref byte[] body)
    {
        switch (random.Next(4))
        {
            case 0:
                body = body[..random.Next(body.Length)];
                break;
            case 1:
                body[random.Next(body.Length)] = (byte)random.Next(256);
                break;
            case 2:
                var at = random.Next(body.Length);
                body = [.. body[..at], (byte)"{}[]\",:\\0"[random.Next(9)], .. body[at..]];
                break;
            default:
                var from = random.Next(body.Length);
                body = [.. body[..from], .. body[Math.Min(body.Length, from + random.Next(4))..]];
                break;
        }
    }

    private sealed record Item(string Raw, string User, double? Score, long AchievedAt);
}
