namespace Laurel.Ranking.Tests;

public class ExpressionProperties
{
    private static readonly string[] Fragments =
    [
        "1", "2.5", "attrs.a", "actor.x", "(", ")", "+", "-", "*", "/", "%", "and", "or", "not", "if(", "min(", ",", "==", "<", "\"t\"", "'", ".",
        "true", "1e400", "é", "=", " ", "attrs.", "\ud800", "round(", "event_type",
    ];

    [Fact]
    public void Every_expression_is_worth_what_a_naive_evaluator_says()
    {
        var random = Seeded.Random(out _);
        var matches = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var naive = NaiveExpression.Number(random, random.Next(0, 6));
            if (naive.Text.Length > Expression.LongestText)
                continue;
            PathTable paths = new();
            Assert.True(Expression.TryParse(naive.Text, paths, out var expression, out var mistake), $"{naive.Text}: {mistake}");
            for (var j = 0; j < 4; j++)
            {
                var attributes = Attributes(random);
                double? found = expression.TryEvaluate(new DictionaryEvent(paths, attributes), out var value) ? value : null;
                Assert.True(Equals(naive.ValueOf(attributes), found), $"{naive.Text} with {string.Join(", ", attributes)} is {found}");
                matches += found is null ? 0 : 1;
            }
        }

        Assert.InRange(matches, 5_000, 75_000);
    }

    [Fact]
    public void Whatever_is_written_ends_in_an_expression_or_a_mistake_with_its_place()
    {
        var random = Seeded.Random(out _);
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 200)).Select(_ => Fragments[random.Next(Fragments.Length)]));
            Check(random.Next(4) == 0 ? Nested(random) : text);
        }

        void Check(string text)
        {
            PathTable paths = new();
            if (Expression.TryParse(text, paths, out var expression, out var mistake))
                expression.TryEvaluate(new DictionaryEvent(paths, Attributes(random)), out _);
            else
                Assert.InRange(mistake.Position, 1, Math.Min(text.Length, Expression.LongestText) + 1);
        }
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        PathTable paths = new();
        Assert.True(Expression.TryParse(
            "if(attrs.victory and attrs.mode == \"ranked\", 3 + max(attrs.goals - attrs.against, 0), round(attrs.goals / 2))", paths, out var expression, out _));
        var attributes = new FixedEvent();
        expression.TryEvaluate(in attributes, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            expression.TryEvaluate(in attributes, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Dictionary<string, object> Attributes(Random random)
    {
        Dictionary<string, object> attributes = new() { ["event_type"] = "ranked", ["attrs.object"] = new object() };
        foreach (var path in (string[])["attrs.a", "attrs.b", "attrs.deep.c", "actor.metadata.level"])
        {
            if (random.Next(8) > 0)
                attributes[path] = random.Next(3) == 0 ? random.Next(-3, 4) : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 6));
        }

        if (random.Next(4) > 0)
            attributes["attrs.flag"] = random.Next(2) == 0;
        attributes["attrs.text"] = random.Next(2) == 0 ? "ranked" : "casual";
        return attributes;
    }

    private static string Nested(Random random)
    {
        var depth = random.Next(1, 200);
        var (open, close) = random.Next(4) switch { 0 => ("(", ")"), 1 => ("-", ""), 2 => ("abs(", ")"), _ => ("not ", "") };
        return string.Concat(Enumerable.Repeat(open, depth)) + "attrs.a" + string.Concat(Enumerable.Repeat(close, random.Next(2) == 0 ? depth : depth - 1));
    }

    private readonly struct FixedEvent : IEventAttributes
    {
        public AttributeKind Get(int path, out double number)
        {
            number = path == 0 ? 1 : path;
            return path switch { 0 => AttributeKind.Boolean, 1 => AttributeKind.Text, _ => AttributeKind.Number };
        }

        public ReadOnlySpan<byte> TextOf(int path) => "ranked"u8;
    }
}
