using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// Turns scores into integers whose ascending order is a board's order, so that one comparison serves both directions. The order of a
/// board is by score in its direction, then the earlier time, then the id by its bytes; times and ids need no image.
/// </summary>
public static class ScoreOrder
{
    /// <summary>
    /// The image of a score: a smaller image is a better score, equal scores have equal images, and −0 equals 0. Undefined for NaN.
    /// </summary>
    /// <remarks>
    /// The bits of a positive double, read as an integer, already ascend with its value; those of a negative one descend, which
    /// flipping all but the sign repairs. The other direction is the complement.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ImageOf(double score, Direction direction)
    {
        var bits = BitConverter.DoubleToInt64Bits(score + 0.0);
        return Fold(bits) ^ Mirror(direction);
    }

    /// <summary>The score of an image; 0 where −0 went in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ScoreOf(long image, Direction direction) =>
        BitConverter.Int64BitsToDouble(Fold(image ^ Mirror(direction)));

    private static long Fold(long bits) => bits ^ ((bits >> 63) & long.MaxValue);

    private static long Mirror(Direction direction) => direction == Direction.Descending ? -1 : 0;
}
