using System.Text;
using System.Text.Json;
using Laurel.Client;

namespace Laurel.Sdk.Tests.Texts;

/// <summary>The client's own JSON beside the framework's.</summary>
public class JsonTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_written_reads_as_the_same_in_the_framework_and_here()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var value = Make(random, 4);
            var text = value.ToString();
            Same(value, JsonDocument.Parse(text).RootElement);
            Assert.Equal(text, LaurelJson.Parse(text).ToString());
        }
    }

    [Fact]
    public void Texts_that_are_damaged_anywhere_are_read_or_refused_as_by_the_framework()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string Signs = "{}[]\",:0123456789.eE+-truefalsn\\u \t\n\u0001x";
        for (var i = 0; i < 3000; i++)
        {
            var text = Make(random, 3).ToString().ToList();
            for (var damage = 0; damage < 2 && text.Count > 0; damage++)
            {
                var place = random.Next(text.Count);
                if (random.Next(2) == 0)
                    text.RemoveAt(place);
                else
                    text[place] = Signs[random.Next(Signs.Length)];
            }

            // Half a surrogate pair is no text that could come over a wire.
            var damaged = string.Concat(text);
            if (!damaged.EnumerateRunes().Contains(Rune.ReplacementChar))
                Compare(damaged);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("\"\t\"")]
    [InlineData("nul")]
    [InlineData("1 1")]
    public void What_is_no_JSON_is_refused(string text) => Assert.Throws<FormatException>(() => LaurelJson.Parse(text));

    [Fact]
    public void Depth_has_a_bound() => Assert.Throws<FormatException>(() => LaurelJson.Parse(new string('[', 100_000)));

    [Theory]
    [InlineData(12.020123, "12.020123")]
    [InlineData(1500, "1500")]
    [InlineData(9007199254740992, "9007199254740992")]
    [InlineData(-0.5, "-0.5")]
    public void Numbers_are_written_with_the_digits_they_need(double number, string text) => Assert.Equal(text, LaurelJson.Of(number).ToString());

    private static void Compare(string text)
    {
        JsonElement? theirs = null;
        try
        {
            theirs = JsonDocument.Parse(text).RootElement;
            _ = theirs.Value.GetRawText();
        }
        catch (JsonException)
        {
            // Then it is to be refused here too.
        }

        if (theirs is null)
            Assert.Throws<FormatException>(() => LaurelJson.Parse(text));
        else
            Same(LaurelJson.Parse(text), theirs.Value);
    }

    private static void Same(LaurelJson ours, JsonElement theirs)
    {
        switch (theirs.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(theirs.EnumerateObject().Count(), ours.Members.Count);
                foreach (var (member, other) in ours.Members.Zip(theirs.EnumerateObject()))
                {
                    Assert.Equal(other.Name, member.Key);
                    Same(member.Value, other.Value);
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(theirs.GetArrayLength(), ours.Items.Count);
                foreach (var (item, other) in ours.Items.Zip(theirs.EnumerateArray()))
                    Same(item, other);
                break;
            case JsonValueKind.String:
                Assert.Equal(theirs.GetString(), ours.AsText);
                break;
            case JsonValueKind.Number:
                Assert.Equal(theirs.GetDouble(), ours.AsNumber);
                break;
            case JsonValueKind.Null:
                Assert.Equal(LaurelJsonKind.Null, ours.Kind);
                break;
            default:
                Assert.Equal(theirs.GetBoolean(), ours.AsBoolean);
                break;
        }
    }

    private static LaurelJson Make(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => LaurelJson.Null,
        1 => random.Next(2) == 0,
        2 => random.Next(-1000, 1000),
        3 => random.NextDouble() * Math.Pow(10, random.Next(-30, 30)),
        4 => Text(random),
        5 or 6 => LaurelJson.Object([.. Enumerable.Range(0, random.Next(4)).Select(i => ($"{Text(random)}{i}", Make(random, depth - 1)))]),
        _ => LaurelJson.Array([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(random, depth - 1))]),
    };

    private static string Text(Random random)
    {
        string[] parts = ["a", "Ü", "🏎", "\"", "\\", "/", "\n", "\u0000", "\u001f", "\u2028", "é", " "];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
