using System.Buffers.Text;
using System.Globalization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Writes scores as JSON numbers: the fewest digits that read back as the same double, without an exponent from 1e-6 up to 1e21, as
/// JavaScript does. So <c>1500</c> stays <c>1500</c>, <c>12.020123</c> itself, and 2^53 <c>9007199254740992</c>. −0 is <c>0</c>.
/// </summary>
internal static class ScoreText
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaxLength = 32;

    private const double NoExponentFrom = 1e-6;
    private const double NoExponentBelow = 1e21;

    /// <summary>Writes the number and returns how many bytes it took. Allocates nothing.</summary>
    /// <param name="score">Finite.</param>
    /// <param name="utf8">At least <see cref="MaxLength"/> bytes.</param>
    public static int Write(double score, Span<byte> utf8)
    {
        if (score == 0)
        {
            utf8[0] = (byte)'0';
            return 1;
        }

        score.TryFormat(utf8, out var length, default, CultureInfo.InvariantCulture);
        var exponentAt = utf8[..length].IndexOf((byte)'E');
        if (exponentAt < 0 || Math.Abs(score) is < NoExponentFrom or >= NoExponentBelow)
            return length;

        Utf8Parser.TryParse(utf8[(exponentAt + 1)..length], out int exponent, out _);
        Span<byte> scientific = stackalloc byte[exponentAt];
        utf8[..exponentAt].CopyTo(scientific);
        return WriteOut(scientific, exponent, utf8);
    }

    /// <summary>Writes <c>-d.ddd</c> × 10^exponent with zeros in place of the exponent.</summary>
    private static int WriteOut(ReadOnlySpan<byte> scientific, int exponent, Span<byte> utf8)
    {
        var length = 0;
        if (scientific[0] == '-')
        {
            utf8[length++] = (byte)'-';
            scientific = scientific[1..];
        }

        if (exponent < 0)
        {
            "0."u8.CopyTo(utf8[length..]);
            length += 2;
            utf8.Slice(length, -exponent - 1).Fill((byte)'0');
            length += -exponent - 1;
        }

        // A number of this size with an exponent has all its digits on one side of the point.
        var digits = 0;
        foreach (var character in scientific)
        {
            if (character == '.')
                continue;
            utf8[length++] = character;
            digits++;
        }

        var zeros = Math.Max(0, exponent + 1 - digits);
        utf8.Slice(length, zeros).Fill((byte)'0');
        return length + zeros;
    }
}
