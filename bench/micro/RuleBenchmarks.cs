using System.Text;
using BenchmarkDotNet.Attributes;
using Laurel.GrainInterfaces;
using Laurel.Grains;
using Laurel.Ranking;

namespace Laurel.Bench.Micro;

/// <summary>A typical board's rules on an event of eight attributes, as an intake runs them. All times are per event.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private byte[] _event = [];
    private EventPath[] _paths = [];
    private PointsRules _rules = null!;

    [GlobalSetup]
    public void Prepare()
    {
        PathTable paths = new();
        Expression.TryParse("if(attrs.goals_for > attrs.goals_against, 3, if(attrs.goals_for == attrs.goals_against, 1, 0)) + min(attrs.goals_for, 5) * 0.1", paths, out var points, out _);
        EventFilter scope = new(paths.NumberOf("attrs.tournament"), FilterOperator.In, FilterOperand.Of("Friendly"), FilterOperand.Of("FIFA World Cup"));
        EventFilter condition = new(paths.NumberOf("attrs.neutral"), FilterOperator.Equal, FilterOperand.Of(false));
        _rules = new([scope], [new PointsRule("match.completed", [condition], points!)]);
        _paths = [.. paths.Paths.Select(static path => new EventPath(path))];

        EventWriter writer = new();
        writer.Begin("match-1"u8, 0, "match.completed"u8, "Brazil"u8, "Brazil"u8, default);
        writer.Add("attrs.goals_for"u8, 3);
        writer.Add("attrs.goals_against"u8, 1);
        writer.Add("attrs.victory"u8, true);
        writer.Add("attrs.neutral"u8, false);
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("tournament", "FIFA World Cup"), ("city", "Doha"), ("country", "Qatar"), ("round", "final")])
            writer.Add(Encoding.UTF8.GetBytes($"attrs.{name}"), Encoding.UTF8.GetBytes(text));
        writer.End();
        _event = writer.ToArray();
    }

    [Benchmark(Description = "filter, condition and expression")]
    public double Score()
    {
        var found = new EventReader(_event);
        _rules.TryScore(found.Type, new EventAttributes(found, _paths), out var points);
        return points;
    }
}
