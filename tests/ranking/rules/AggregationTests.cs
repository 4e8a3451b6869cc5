namespace Laurel.Ranking.Tests;

public class AggregationTests
{
    private const Direction Down = Direction.Descending;
    private const Direction Up = Direction.Ascending;

    [Theory]
    [InlineData(Aggregation.Best, Down, 20, AggregationResult.Applied, 20, 200)]
    [InlineData(Aggregation.Best, Down, 5, AggregationResult.Unchanged, 10, 100)]
    [InlineData(Aggregation.Best, Up, 5, AggregationResult.Applied, 5, 200)]
    [InlineData(Aggregation.Best, Up, 20, AggregationResult.Unchanged, 10, 100)]
    [InlineData(Aggregation.Max, Up, 20, AggregationResult.Applied, 20, 200)]
    [InlineData(Aggregation.Min, Down, 5, AggregationResult.Applied, 5, 200)]
    [InlineData(Aggregation.Last, Down, 5, AggregationResult.Applied, 5, 200)]
    [InlineData(Aggregation.First, Down, 5, AggregationResult.Unchanged, 10, 100)]
    [InlineData(Aggregation.Sum, Down, 5, AggregationResult.Applied, 15, 200)]
    [InlineData(Aggregation.Count, Down, 5, AggregationResult.Applied, 2, 200)]
    [InlineData(Aggregation.Avg, Down, 5, AggregationResult.Applied, 7.5, 200)]
    public void A_second_submission_is_taken_as_the_aggregation_says(
        Aggregation aggregation, Direction direction, double score, AggregationResult expected, double expectedScore, long expectedTime)
    {
        AggregationRules.Open(aggregation, 10, 100, out var entry);
        Assert.Equal(expected, AggregationRules.Fold(aggregation, direction, entry, score, 200, out var next));
        Assert.Equal(expectedScore, next.Score);
        Assert.Equal(expectedTime, next.AchievedAt);
        if (expected == AggregationResult.Unchanged && aggregation != Aggregation.Count) Assert.Equal(entry, next);
    }

    [Theory]
    [InlineData(Aggregation.Best)]
    [InlineData(Aggregation.Max)]
    [InlineData(Aggregation.Min)]
    public void An_equal_score_counts_from_its_earliest_time(Aggregation aggregation)
    {
        AggregationRules.Open(aggregation, 10, 100, out var entry);
        Assert.Equal(AggregationResult.Unchanged, AggregationRules.Fold(aggregation, Down, entry, 10, 101, out _));
        Assert.Equal(AggregationResult.Unchanged, AggregationRules.Fold(aggregation, Down, entry, 10, 100, out _));
        Assert.Equal(AggregationResult.Applied, AggregationRules.Fold(aggregation, Down, entry, 10, 99, out var next));
        Assert.Equal(new EntryValue(10, 99), next);
    }

    [Fact]
    public void Last_and_first_go_by_the_time_achieved_and_then_by_the_order_of_receipt()
    {
        AggregationRules.Open(Aggregation.Last, 10, 100, out var last);
        Assert.Equal(AggregationResult.Unchanged, AggregationRules.Fold(Aggregation.Last, Down, last, 99, 50, out _));
        Assert.Equal(AggregationResult.Applied, AggregationRules.Fold(Aggregation.Last, Down, last, 3, 100, out var later));
        Assert.Equal(new EntryValue(3, 100), later);

        AggregationRules.Open(Aggregation.First, 10, 100, out var first);
        Assert.Equal(AggregationResult.Unchanged, AggregationRules.Fold(Aggregation.First, Down, first, 99, 100, out _));
        Assert.Equal(AggregationResult.Applied, AggregationRules.Fold(Aggregation.First, Down, first, 3, 50, out var earlier));
        Assert.Equal(new EntryValue(3, 50), earlier);
    }

    [Theory]
    [InlineData(Aggregation.Sum)]
    [InlineData(Aggregation.Count)]
    [InlineData(Aggregation.Avg)]
    public void What_is_added_up_is_as_late_as_its_latest_part(Aggregation aggregation)
    {
        AggregationRules.Open(aggregation, 10, 100, out var entry);
        Assert.Equal(AggregationResult.Applied, AggregationRules.Fold(aggregation, Down, entry, 1, 50, out var older));
        Assert.Equal(100, older.AchievedAt);
        AggregationRules.Fold(aggregation, Down, older, 1, 150, out var newer);
        Assert.Equal(150, newer.AchievedAt);
    }

    [Fact]
    public void A_sum_too_large_for_a_number_is_refused_and_the_entry_stays()
    {
        foreach (var aggregation in new[] { Aggregation.Sum, Aggregation.Avg })
        {
            AggregationRules.Open(aggregation, double.MaxValue, 100, out var entry);
            Assert.Equal(AggregationResult.NotFinite, AggregationRules.Fold(aggregation, Down, entry, double.MaxValue, 200, out var next));
            Assert.Equal(entry, next);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_score_that_is_no_finite_number_is_refused_by_every_aggregation(double score)
    {
        foreach (var aggregation in Enum.GetValues<Aggregation>())
        {
            Assert.Equal(AggregationResult.NotFinite, AggregationRules.Open(aggregation, score, 0, out _));
            AggregationRules.Open(aggregation, 1, 0, out var entry);
            Assert.Equal(AggregationResult.NotFinite, AggregationRules.Fold(aggregation, Down, entry, score, 1, out var next));
            Assert.Equal(entry, next);
        }
    }

    [Fact]
    public void Minus_zero_is_zero_and_improves_on_nothing()
    {
        foreach (var aggregation in Enum.GetValues<Aggregation>())
        {
            AggregationRules.Open(aggregation, -0.0, 100, out var entry);
            AssertPlain(entry);
            AggregationRules.Fold(aggregation, Up, entry, -0.0, 100, out var next);
            AssertPlain(next);
        }

        AggregationRules.Open(Aggregation.Min, 0.0, 100, out var zero);
        Assert.Equal(AggregationResult.Unchanged, AggregationRules.Fold(Aggregation.Min, Up, zero, -0.0, 101, out _));

        static void AssertPlain(EntryValue value)
        {
            Assert.False(double.IsNegative(value.Score));
            Assert.False(double.IsNegative(value.Total));
        }
    }

    [Fact]
    public void Whole_numbers_add_up_exactly_to_two_to_the_53rd()
    {
        AggregationRules.Open(Aggregation.Sum, 9_007_199_254_740_991, 0, out var entry);
        AggregationRules.Fold(Aggregation.Sum, Down, entry, 1, 0, out entry);
        Assert.Equal(9_007_199_254_740_992, entry.Score);
    }

    [Fact]
    public void Any_history_folds_to_what_a_look_at_the_whole_history_gives()
    {
        var random = Seeded.Random(out var seed);
        foreach (var aggregation in Enum.GetValues<Aggregation>())
        {
            for (var round = 0; round < 2_000; round++)
            {
                var direction = random.Next(2) == 0 ? Down : Up;
                var history = new List<(double Score, long At)>();
                EntryValue entry = default;
                for (var i = random.Next(1, 12); i > 0; i--)
                {
                    // Few values, so that scores and times tie often; halves and negatives add up without rounding.
                    var submission = (Score: random.Next(-6, 7) / 2.0, At: (long)random.Next(-4, 5));
                    var before = entry;
                    var result = history.Count == 0
                        ? AggregationRules.Open(aggregation, submission.Score, submission.At, out entry)
                        : AggregationRules.Fold(aggregation, direction, before, submission.Score, submission.At, out entry);

                    var isFirst = history.Count == 0;
                    history.Add(submission);
                    var expected = HistoryOracle.ValueOf(aggregation, direction, history);
                    var story = $"seed {seed}: {aggregation} {direction} {string.Join(' ', history)}";
                    Assert.True(expected == (entry.Score, entry.AchievedAt), $"{story} → {entry}, not {expected}");
                    Assert.True(result == (isFirst || entry != before ? AggregationResult.Applied : AggregationResult.Unchanged), story);
                }
            }
        }
    }

    [Fact]
    public void Folding_allocates_nothing()
    {
        AggregationRules.Open(Aggregation.Avg, 1, 0, out var entry);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) AggregationRules.Fold((Aggregation)(i % 8), Down, entry, i, i, out entry);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
