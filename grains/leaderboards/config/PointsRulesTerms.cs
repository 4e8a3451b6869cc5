using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>What the filters and rules of a valid configuration mean to the rules of ranking.</summary>
internal static class PointsRulesTerms
{
    /// <summary>Compiles filters and rules. Some microseconds a rule.</summary>
    /// <param name="config">The board's.</param>
    /// <param name="paths">Gets the paths that they speak of.</param>
    public static PointsRules ToPointsRules(this LeaderboardConfig config, PathTable paths) =>
        new(ToFilters(config.Scope.Filters, paths), [.. config.Scoring.Rules.Select(rule => ToRule(rule, paths)).OfType<PointsRule>()]);

    /// <returns>Null for an expression that a former version kept without a look at it, and that is none.</returns>
    private static PointsRule? ToRule(ScoringRule rule, PathTable paths) =>
        Expression.TryParse(rule.PointsExpression, paths, out var points, out _)
            ? new PointsRule(rule.EventType, ToFilters(rule.Conditions, paths), points)
            : null;

    private static EventFilter[] ToFilters(IReadOnlyDictionary<string, JsonElement> filters, PathTable paths) =>
        [.. filters.Select(filter => ToFilter(paths.NumberOf(filter.Key), filter.Value.EnumerateObject().First()))];

    private static EventFilter ToFilter(int path, JsonProperty condition) => condition.Name switch
    {
        "eq" => new(path, FilterOperator.Equal, ToOperand(condition.Value)),
        "ne" => new(path, FilterOperator.NotEqual, ToOperand(condition.Value)),
        "in" => new(path, FilterOperator.In, ToOperands(condition.Value)),
        "nin" => new(path, FilterOperator.NotIn, ToOperands(condition.Value)),
        "gt" => new(path, FilterOperator.Greater, ToOperand(condition.Value)),
        "gte" => new(path, FilterOperator.GreaterOrEqual, ToOperand(condition.Value)),
        "lt" => new(path, FilterOperator.Less, ToOperand(condition.Value)),
        "lte" => new(path, FilterOperator.LessOrEqual, ToOperand(condition.Value)),
        "exists" => new(path, condition.Value.GetBoolean() ? FilterOperator.Exists : FilterOperator.Absent),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Name, "Unknown operator."),
    };

    private static FilterOperand[] ToOperands(JsonElement list) => [.. list.EnumerateArray().Select(ToOperand)];

    private static FilterOperand ToOperand(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => FilterOperand.Of(value.GetString()!),
        JsonValueKind.Number => FilterOperand.Of(value.GetDouble()),
        _ => FilterOperand.Of(value.ValueKind == JsonValueKind.True),
    };
}
