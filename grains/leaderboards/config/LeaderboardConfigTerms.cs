using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>What the words of a valid configuration mean to the rules of ranking.</summary>
public static class LeaderboardConfigTerms
{
    /// <summary>The season calendar's rule; <see cref="WindowCalendar.Create"/> takes it.</summary>
    public static Timeframe ToTimeframe(this TimeframeConfig config) => TimeframeReader.ToTimeframe(config);

    /// <summary>What a further submission does.</summary>
    public static Aggregation ToAggregation(this ScoringConfig config) => config.Aggregation switch
    {
        "sum" => Aggregation.Sum,
        "max" => Aggregation.Max,
        "min" => Aggregation.Min,
        "last" => Aggregation.Last,
        "first" => Aggregation.First,
        "count" => Aggregation.Count,
        "avg" => Aggregation.Avg,
        "best" => Aggregation.Best,
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Aggregation, "Unknown aggregation."),
    };

    /// <summary>Which end of the scores leads.</summary>
    public static Direction ToDirection(this RankingConfig config) => config.Method switch
    {
        "score_desc" => Direction.Descending,
        "score_asc" => Direction.Ascending,
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Method, "Unknown method."),
    };
}
