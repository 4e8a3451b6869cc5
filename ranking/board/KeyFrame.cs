using System.Numerics;
using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// Squeezes the 128 bits of a <see cref="SortKey"/> into 16, for the keys of one run: whatever the frame, a smaller key never has a
/// larger code, so equal codes only mean "look closer". A frame fitted to a run's keys tells nearly all of them apart.
/// </summary>
/// <remarks>
/// <para>The upper bits of a code count from the lowest score of the run, in steps of the largest power of two that all its scores are
/// multiples of (whole numbers leave most bits of a double's mantissa empty). Where the scores of the run need less than 16 bits, the
/// rest divides the span of its times, so players with the same score are told apart by their times.</para>
/// <para>A score between two steps belongs behind every time of the step below it: its lower bits are all ones. What is outside the
/// frame gets the lowest or the highest code.</para>
/// </remarks>
internal struct KeyFrame
{
    public const int CodeBits = 16;

    private const int HighestCode = (1 << CodeBits) - 1;

    private long _score;
    private long _time;
    private byte _scoreShift;
    private byte _scoreBits;
    private byte _timeShift;

    /// <summary>Fits a frame to keys in order. An empty run gets a frame too.</summary>
    public static KeyFrame Fit(ReadOnlySpan<SortKey> keys)
    {
        if (keys.IsEmpty)
        {
            return default;
        }

        var score = keys[0].Score;
        var span = (ulong)(keys[^1].Score - score);
        var steps = 0UL;
        var (earliest, latest) = (long.MaxValue, long.MinValue);
        foreach (var key in keys)
        {
            steps |= (ulong)(key.Score - score);
            earliest = Math.Min(earliest, key.Time);
            latest = Math.Max(latest, key.Time);
        }

        var step = span == 0 ? 63 : BitOperations.TrailingZeroCount(steps);
        var scoreBits = span == 0 ? 0 : BitLength(span >> step);
        if (scoreBits > CodeBits)
        {
            step += scoreBits - CodeBits;
            scoreBits = CodeBits;
        }

        return new KeyFrame
        {
            _score = score,
            _time = earliest,
            _scoreShift = (byte)step,
            _scoreBits = (byte)scoreBits,
            _timeShift = (byte)Math.Min(63, Math.Max(0, BitLength((ulong)(latest - earliest)) - (CodeBits - scoreBits))),
        };
    }

    /// <summary>The code of a key. Codes are signed, since that is how vectors compare.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly short CodeOf(SortKey key) => (short)(Unsigned(key) + short.MinValue);

    private readonly int Unsigned(SortKey key)
    {
        if (key.Score < _score)
        {
            return 0;
        }

        var above = (ulong)(key.Score - _score);
        var step = above >> _scoreShift;
        if (step >> _scoreBits != 0)
        {
            return HighestCode;
        }

        var timeBits = CodeBits - _scoreBits;
        var latest = (1 << timeBits) - 1;
        var between = above != step << _scoreShift;
        var time = between ? latest
            : key.Time <= _time ? 0
            : (int)Math.Min((ulong)latest, (ulong)(key.Time - _time) >> _timeShift);
        return ((int)step << timeBits) | time;
    }

    private static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);
}
