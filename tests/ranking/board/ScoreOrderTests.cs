using FsCheck;
using FsCheck.Fluent;

namespace Laurel.Ranking.Tests;

public sealed class ScoreOrderTests
{
    [Theory]
    [InlineData(Direction.Ascending)]
    [InlineData(Direction.Descending)]
    public void Images_order_as_scores_do(Direction direction) =>
        Prop.ForAll<double, double>((left, right) =>
        {
            if (double.IsNaN(left) || double.IsNaN(right))
            {
                return true;
            }

            var expected = direction == Direction.Ascending ? left.CompareTo(right) : right.CompareTo(left);
            var images = ScoreOrder.ImageOf(left, direction).CompareTo(ScoreOrder.ImageOf(right, direction));
            return left == right ? images == 0 : Math.Sign(images) == Math.Sign(expected);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(Direction.Ascending)]
    [InlineData(Direction.Descending)]
    public void A_score_comes_back_bit_for_bit(Direction direction)
    {
        double[] scores = [0, 1, -1, 12.020123, 1500, 1L << 53, -(1L << 53), double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity];
        foreach (var score in scores)
        {
            var back = ScoreOrder.ScoreOf(ScoreOrder.ImageOf(score, direction), direction);
            Assert.Equal(BitConverter.DoubleToInt64Bits(score), BitConverter.DoubleToInt64Bits(back));
        }
    }

    [Theory]
    [InlineData(Direction.Ascending)]
    [InlineData(Direction.Descending)]
    public void Minus_zero_equals_zero(Direction direction) =>
        Assert.Equal(ScoreOrder.ImageOf(0.0, direction), ScoreOrder.ImageOf(-0.0, direction));
}
