namespace Laurel.Ranking.Tests;

/// <summary>Aggregation as one would explain it: look at every submission there ever was.</summary>
internal static class HistoryOracle
{
    /// <param name="aggregation">Of the board.</param>
    /// <param name="direction">Of the board.</param>
    /// <param name="history">All submissions in order of receipt; at least one.</param>
    public static (double Score, long AchievedAt) ValueOf(
        Aggregation aggregation, Direction direction, IReadOnlyList<(double Score, long At)> history)
    {
        var latest = history.Max(x => x.At);
        var highest = history.Max(x => x.Score);
        var lowest = history.Min(x => x.Score);
        return aggregation switch
        {
            Aggregation.Sum => (history.Sum(x => x.Score), latest),
            Aggregation.Count => (history.Count, latest),
            Aggregation.Avg => (history.Average(x => x.Score), latest),
            Aggregation.Max => (highest, EarliestOf(highest)),
            Aggregation.Min => (lowest, EarliestOf(lowest)),
            Aggregation.Best when direction == Direction.Descending => (highest, EarliestOf(highest)),
            Aggregation.Best => (lowest, EarliestOf(lowest)),
            Aggregation.Last => history.Last(x => x.At == latest),
            Aggregation.First => history.First(x => x.At == history.Min(y => y.At)),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
        };

        long EarliestOf(double score) => history.Where(x => x.Score == score).Min(x => x.At);
    }
}
