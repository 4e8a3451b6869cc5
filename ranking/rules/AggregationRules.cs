namespace Laurel.Ranking;

/// <summary>
/// How submissions become an entry's value. Pure: no allocation and no state; some nanoseconds a call.
/// </summary>
/// <remarks>
/// <para>
/// An entry's value is the fold of its submissions in order of receipt: <see cref="Open"/> takes the first, <see cref="Fold"/> each
/// that follows. Nothing but the value itself is remembered of earlier ones.
/// </para>
/// <para>
/// Achieved-at goes with the score. Where one submission sets the score (max, min, best, last, first) it is that submission's; an
/// equal score achieved earlier takes the place of a later one, since it is ahead in the order. Where submissions are added up (sum,
/// count, avg) it is the latest of them.
/// </para>
/// <para>
/// A refused submission changes nothing. Besides scores that are not finite, these are sums beyond the range of a double; an average
/// is refused when the sum below it is.
/// </para>
/// </remarks>
public static class AggregationRules
{
    /// <summary>The same aggregation with <see cref="Aggregation.Best"/> replaced by what it means in that direction.</summary>
    public static Aggregation Resolve(this Aggregation aggregation, Direction direction) =>
        aggregation != Aggregation.Best ? aggregation
        : direction == Direction.Descending ? Aggregation.Max
        : Aggregation.Min;

    /// <summary>A subject's first submission.</summary>
    /// <param name="aggregation">Of the board.</param>
    /// <param name="score">As submitted.</param>
    /// <param name="achievedAt">Microseconds since the Unix epoch.</param>
    /// <param name="value">The new entry's value; without meaning when the result is not <see cref="AggregationResult.Applied"/>.</param>
    /// <returns><see cref="AggregationResult.Applied"/> or <see cref="AggregationResult.NotFinite"/>.</returns>
    public static AggregationResult Open(Aggregation aggregation, double score, long achievedAt, out EntryValue value)
    {
        // −0 + 0 is 0, and every other number stays what it is.
        score += 0.0;
        value = aggregation switch
        {
            Aggregation.Count => new EntryValue(1, achievedAt),
            Aggregation.Avg => new EntryValue(score, achievedAt, score, 1),
            _ => new EntryValue(score, achievedAt),
        };
        return double.IsFinite(score) ? AggregationResult.Applied : AggregationResult.NotFinite;
    }

    /// <summary>A further submission of a subject that has an entry.</summary>
    /// <param name="aggregation">Of the board.</param>
    /// <param name="direction">Of the board; <see cref="Aggregation.Best"/> alone asks for it.</param>
    /// <param name="current">What <see cref="Open"/> or this method returned last for the subject.</param>
    /// <param name="score">As submitted.</param>
    /// <param name="achievedAt">Microseconds since the Unix epoch.</param>
    /// <param name="next">
    /// The entry's new value, or <paramref name="current"/> when the result is not <see cref="AggregationResult.Applied"/>.
    /// </param>
    public static AggregationResult Fold(
        Aggregation aggregation, Direction direction, in EntryValue current, double score, long achievedAt, out EntryValue next)
    {
        next = current;
        if (!double.IsFinite(score)) return AggregationResult.NotFinite;
        score += 0.0;

        switch (aggregation.Resolve(direction))
        {
            case Aggregation.Max:
                return Replace(score > current.Score || IsEarlierTie(current, score, achievedAt), score, achievedAt, ref next);
            case Aggregation.Min:
                return Replace(score < current.Score || IsEarlierTie(current, score, achievedAt), score, achievedAt, ref next);
            case Aggregation.Last:
                var repeats = achievedAt == current.AchievedAt && score == current.Score;
                return Replace(achievedAt >= current.AchievedAt && !repeats, score, achievedAt, ref next);
            case Aggregation.First:
                return Replace(achievedAt < current.AchievedAt, score, achievedAt, ref next);
            case Aggregation.Count:
                return Add(current, new EntryValue(current.Score + 1, achievedAt), ref next);
            case Aggregation.Sum:
                return Add(current, new EntryValue(current.Score + score, achievedAt), ref next);
            case Aggregation.Avg:
                var total = current.Total + score;
                var samples = current.Samples + 1;
                return Add(current, new EntryValue(total / samples + 0.0, achievedAt, total, samples), ref next);
            default:
                throw new ArgumentOutOfRangeException(nameof(aggregation), aggregation, "Unknown aggregation.");
        }
    }

    private static bool IsEarlierTie(in EntryValue current, double score, long achievedAt) =>
        score == current.Score && achievedAt < current.AchievedAt;

    private static AggregationResult Replace(bool wins, double score, long achievedAt, ref EntryValue next)
    {
        if (!wins) return AggregationResult.Unchanged;
        next = new EntryValue(score, achievedAt);
        return AggregationResult.Applied;
    }

    private static AggregationResult Add(in EntryValue current, in EntryValue sum, ref EntryValue next)
    {
        if (!double.IsFinite(sum.Score)) return AggregationResult.NotFinite;
        var achievedAt = Math.Max(current.AchievedAt, sum.AchievedAt);
        if (sum.Score == current.Score && achievedAt == current.AchievedAt && sum.Samples == current.Samples)
            return AggregationResult.Unchanged;
        next = sum with { AchievedAt = achievedAt };
        return AggregationResult.Applied;
    }
}
