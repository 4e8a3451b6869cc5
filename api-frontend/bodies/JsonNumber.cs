using System.Globalization;

namespace Laurel.ApiFrontend;

/// <summary>Reads JSON numbers as doubles.</summary>
internal static class JsonNumber
{
    private const int ExactDigits = 15;

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The double nearest to the number; some nanoseconds for numbers of up to 15 digits without an exponent.</summary>
    /// <param name="utf8">A valid JSON number.</param>
    /// <param name="value">The double.</param>
    /// <returns>False when it is too large to be finite.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out double value) =>
        TryReadShort(utf8, out value)
        || (double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>
    /// Up to 15 digits are an exact double, and so is their power of ten: the one division rounds once, to the nearest double.
    /// </summary>
    private static bool TryReadShort(ReadOnlySpan<byte> utf8, out double value)
    {
        value = 0;
        var negative = utf8[0] == '-';
        if (negative)
            utf8 = utf8[1..];
        if (utf8.Length > ExactDigits)
            return false;

        var digits = 0L;
        var decimals = -1;
        foreach (var character in utf8)
        {
            if (character == '.')
            {
                decimals = 0;
                continue;
            }

            if (character - (uint)'0' > 9)
                return false;
            digits = digits * 10 + (character - '0');
            decimals += decimals >= 0 ? 1 : 0;
        }

        value = decimals > 0 ? digits / PowersOfTen[decimals] : digits;
        value = negative ? -value : value;
        return true;
    }
}
