using System.Text;
using BenchmarkDotNet.Attributes;
using Laurel.Grains;
using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Bench.Micro;

/// <summary>Boards' rules on an event of ten attributes, as an intake runs them. All times are per event.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly byte[] _event = FootballMatch();
    private readonly CompiledBoard _typical = World();
    private readonly CompiledBoard _heavy = Heavy();

    /// <summary>The World Cup board of the guide: a filter, and two rules with a condition each.</summary>
    [Benchmark(Description = "typical: points by victory at one tournament")]
    public double Typical() => _typical.Score(_event);

    /// <summary>A filter with two texts, a condition, and an expression of fifteen nodes.</summary>
    [Benchmark(Description = "heavy: filter, condition and nested expression")]
    public double Nested() => _heavy.Score(_event);

    private static CompiledBoard World()
    {
        PathTable paths = new();
        var victory = paths.NumberOf("attrs.victory");
        return new(paths, new(
            [new(paths.NumberOf("attrs.tournament"), FilterOperator.Equal, FilterOperand.Of("FIFA World Cup"))],
            [
                new("match.completed", [new(victory, FilterOperator.Equal, FilterOperand.Of(true))], Parse("3", paths)),
                new("match.completed", [new(victory, FilterOperator.Equal, FilterOperand.Of(false))], Parse("if(attrs.goals_for == attrs.goals_against, 1, 0)", paths)),
            ]));
    }

    private static CompiledBoard Heavy()
    {
        PathTable paths = new();
        var points = Parse(
            "if(attrs.goals_for > attrs.goals_against, 3, if(attrs.goals_for == attrs.goals_against, 1, 0)) + min(attrs.goals_for, 5) * 0.1",
            paths);
        return new(paths, new(
            [new(paths.NumberOf("attrs.tournament"), FilterOperator.In, FilterOperand.Of("Friendly"), FilterOperand.Of("FIFA World Cup"))],
            [new("match.completed", [new(paths.NumberOf("attrs.neutral"), FilterOperator.Equal, FilterOperand.Of(false))], points)]));
    }

    private static Expression Parse(string text, PathTable paths) =>
        Expression.TryParse(text, paths, out var expression, out var mistake) ? expression : throw new ArgumentException(mistake.Message);

    private static byte[] FootballMatch()
    {
        EventWriter writer = new();
        writer.Begin("match-1"u8, 0, "match.completed"u8, "Brazil"u8, "Brazil"u8, default);
        writer.Add("attrs"u8);
        writer.Add("attrs.goals_for"u8, 3);
        writer.Add("attrs.goals_against"u8, 1);
        writer.Add("attrs.victory"u8, true);
        writer.Add("attrs.neutral"u8, false);
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("tournament", "FIFA World Cup"), ("city", "Doha"), ("country", "Qatar"), ("round", "final")])
            writer.Add(Encoding.UTF8.GetBytes($"attrs.{name}"), Encoding.UTF8.GetBytes(text));
        writer.End();
        return writer.ToArray();
    }

    private sealed class CompiledBoard(PathTable paths, PointsRules rules)
    {
        private readonly EventLookUps _attributes = new(paths);

        public double Score(byte[] events)
        {
            var next = new EventReader(events);
            rules.TryScore(next.Type, _attributes.In(next), out var points);
            return points;
        }
    }
}
