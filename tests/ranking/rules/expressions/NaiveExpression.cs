using System.Globalization;

namespace Laurel.Ranking.Tests;

/// <summary>
/// An expression as a tree of delegates with its text beside it: what it is worth is computed from objects, with an exception for
/// everything that makes a rule not match.
/// </summary>
internal sealed record NaiveExpression(string Text, Func<IReadOnlyDictionary<string, object>, object> Evaluate)
{
    private static readonly string[] NumberPaths = ["attrs.a", "attrs.b", "attrs.absent", "attrs.text", "attrs.deep.c", "actor.metadata.level"];
    private static readonly string[] AnyPaths = [.. NumberPaths, "attrs.flag", "attrs.object", "event_type"];

    /// <summary>What a rule would give, null for no match.</summary>
    public double? ValueOf(IReadOnlyDictionary<string, object> attributes)
    {
        try
        {
            return (double)Evaluate(attributes);
        }
        catch (NoMatch)
        {
            return null;
        }
    }

    public static NaiveExpression Number(Random random, int depth)
    {
        if (depth == 0)
            return random.Next(2) == 0 ? Constant(random) : Path<double>(NumberPaths[random.Next(NumberPaths.Length)]);
        switch (random.Next(12))
        {
            case 0:
                return Constant(random);
            case 1:
                return Path<double>(NumberPaths[random.Next(NumberPaths.Length)]);
            case 2:
                var negated = Number(random, depth - 1);
                return new($"-({negated.Text})", e => Finite(-(double)negated.Evaluate(e)));
            case 3:
                return Choice(Truth(random, depth - 1), Number(random, depth - 1), Number(random, depth - 1));
            case 4:
                return Call(random, depth);
            default:
                return Arithmetic(random, Number(random, depth - 1), Number(random, depth - 1));
        }
    }

    private static NaiveExpression Truth(Random random, int depth)
    {
        if (depth == 0)
            return random.Next(3) == 0 ? Path<bool>("attrs.flag") : random.Next(2) == 0 ? new("true", _ => true) : new("false", _ => false);
        switch (random.Next(5))
        {
            case 0:
                var negated = Truth(random, depth - 1);
                return new($"not ({negated.Text})", e => !(bool)negated.Evaluate(e));
            case 1:
                var (one, other) = (Truth(random, depth - 1), Truth(random, depth - 1));
                return random.Next(2) == 0
                    ? new($"({one.Text}) and ({other.Text})", e => (bool)one.Evaluate(e) && (bool)other.Evaluate(e))
                    : new($"({one.Text}) or ({other.Text})", e => (bool)one.Evaluate(e) || (bool)other.Evaluate(e));
            case 2:
                return Equality(random, depth);
            default:
                return Comparison(random, Number(random, depth - 1), Number(random, depth - 1));
        }
    }

    private static NaiveExpression Constant(Random random)
    {
        var number = random.Next(4) switch
        {
            0 => random.Next(0, 5),
            1 => random.NextDouble() * 1000,
            2 => random.Next(0, 1000) / 2.0,
            _ => random.NextDouble() * 1e300,
        };
        return new(number.ToString("R", CultureInfo.InvariantCulture), _ => number);
    }

    private static NaiveExpression Path<T>(string path) => new(path, e => e.TryGetValue(path, out var value) && value is T ? value : throw new NoMatch());

    private static NaiveExpression AnyPath(string path) =>
        new(path, e => e.TryGetValue(path, out var value) && value is double or bool or string ? value : throw new NoMatch());

    private static NaiveExpression Choice(NaiveExpression condition, NaiveExpression yes, NaiveExpression no) =>
        new($"if({condition.Text}, {yes.Text}, {no.Text})", e => (bool)condition.Evaluate(e) ? yes.Evaluate(e) : no.Evaluate(e));

    private static NaiveExpression Call(Random random, int depth)
    {
        var one = Number(random, depth - 1);
        switch (random.Next(6))
        {
            case 0:
                return new($"abs({one.Text})", e => Math.Abs((double)one.Evaluate(e)));
            case 1:
                return new($"floor({one.Text})", e => Math.Floor((double)one.Evaluate(e)));
            case 2:
                return new($"ceil({one.Text})", e => Math.Ceiling((double)one.Evaluate(e)));
            case 3:
                return new($"round({one.Text})", e => HalfAway((double)one.Evaluate(e)));
            default:
                var all = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Number(random, depth - 1)).Prepend(one).ToArray();
                var least = random.Next(2) == 0;
                return new(
                    $"{(least ? "min" : "max")}({string.Join(",", all.Select(x => x.Text))})",
                    e => all.Select(x => (double)x.Evaluate(e)).ToArray() is var values && least ? values.Min() : values.Max());
        }
    }

    private static NaiveExpression Arithmetic(Random random, NaiveExpression one, NaiveExpression other)
    {
        (string Sign, Func<double, double, double> Of)[] all =
        [
            ("+", (a, b) => a + b),
            ("-", (a, b) => a - b),
            ("*", (a, b) => a * b),
            ("/", (a, b) => b == 0 ? throw new NoMatch() : a / b),
            ("%", (a, b) => b == 0 ? throw new NoMatch() : Math.CopySign(Math.Abs(a) % Math.Abs(b), a)),
        ];
        var (sign, operation) = all[random.Next(all.Length)];
        return new($"({one.Text}) {sign} ({other.Text})", e => Finite(operation((double)one.Evaluate(e), (double)other.Evaluate(e))));
    }

    private static NaiveExpression Comparison(Random random, NaiveExpression one, NaiveExpression other)
    {
        (string Sign, Func<int, bool> Holds)[] all = [("<", c => c < 0), ("<=", c => c <= 0), (">", c => c > 0), (">=", c => c >= 0)];
        var (sign, holds) = all[random.Next(all.Length)];
        return new($"({one.Text}) {sign} ({other.Text})", e => holds(((double)one.Evaluate(e) - 0.0).CompareTo((double)other.Evaluate(e) - 0.0)));
    }

    private static NaiveExpression Equality(Random random, int depth)
    {
        var one = AnyPath(AnyPaths[random.Next(AnyPaths.Length)]);
        var other = random.Next(4) switch
        {
            0 => new NaiveExpression("\"ranked\"", _ => "ranked"),
            1 => Arithmetic(random, Number(random, depth - 1), Constant(random)),
            2 => Comparison(random, Number(random, depth - 1), Constant(random)),
            _ => AnyPath(AnyPaths[random.Next(AnyPaths.Length)]),
        };
        var wanted = random.Next(2) == 0;
        return new(
            $"({one.Text}) {(wanted ? "==" : "!=")} ({other.Text})",
            e =>
            {
                var (first, second) = (one.Evaluate(e), other.Evaluate(e));
                return Equals(first, second) == wanted;
            });
    }

    private static double HalfAway(double value) => value < 0 ? -HalfAway(-value) : Math.Floor(value) + (value - Math.Floor(value) >= 0.5 ? 1 : 0);

    private static double Finite(double value) => double.IsFinite(value) ? value : throw new NoMatch();

    private sealed class NoMatch : Exception;
}
