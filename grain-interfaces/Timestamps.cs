using System.Runtime.CompilerServices;

namespace Laurel.GrainInterfaces;

/// <summary>
/// Points in time as Laurel keeps them, microseconds since 1970-01-01T00:00:00Z (negative before it), and their ISO 8601 texts.
/// </summary>
/// <remarks>
/// <para>
/// Read: <c>YYYY-MM-DDThh:mm[:ss[.f…]]zone</c>. The zone is required: <c>Z</c>, <c>±hh:mm</c>, <c>±hhmm</c> or <c>±hh</c>, up to
/// 23:59. <c>T</c> and <c>Z</c> may be lower case and the fraction may follow a comma, as ISO 8601 has it; a fraction has any number
/// of digits, and those after the sixth are dropped. Refused are week and ordinal dates, the basic format without separators, a space
/// in place of <c>T</c>, hour 24, second 60, days that do not exist, and instants outside the years 1 to 9999 in UTC.
/// </para>
/// <para>
/// Written: always UTC, fixed width; parts of the shown unit are dropped towards the past, so a text never names a later instant.
/// </para>
/// </remarks>
public static class Timestamps
{
    /// <summary>0001-01-01T00:00:00Z.</summary>
    public const long MinValue = -62_135_596_800_000_000;

    /// <summary>9999-12-31T23:59:59.999999Z.</summary>
    public const long MaxValue = 253_402_300_799_999_999;

    /// <summary>Length of <c>2025-08-01T12:00:00Z</c>.</summary>
    public const int SecondsLength = 20;

    /// <summary>Length of <c>2025-08-01T12:00:00.000Z</c>.</summary>
    public const int MillisecondsLength = 24;

    /// <summary>Length of <c>2025-07-21T19:22:47.782875+00:00</c>.</summary>
    public const int MicrosecondsLength = 32;

    private const long MicrosPerSecond = 1_000_000;
    private const int DateAndMinutesLength = 16;

    /// <summary>The clock's present instant.</summary>
    public static long Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <summary>The instant in microseconds; what is finer is dropped towards the past.</summary>
    public static long From(DateTimeOffset instant) =>
        instant.UtcTicks / TimeSpan.TicksPerMicrosecond + MinValue;

    /// <exception cref="ArgumentOutOfRangeException">The instant is outside <see cref="MinValue"/> to <see cref="MaxValue"/>.</exception>
    public static DateTimeOffset ToDateTimeOffset(long micros) => new(ToDateTime(micros));

    /// <summary>Reads a whole ISO 8601 text. Never throws and allocates nothing; some 30 ns.</summary>
    /// <returns>False, and 0, when the text is anything else than the class' remarks describe.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long micros) => TryParse<byte>(utf8, out micros);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out long)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out long micros) => TryParse<char>(text, out micros);

    /// <summary><c>2025-08-01T12:00:00Z</c></summary>
    public static string FormatSeconds(long micros) =>
        string.Create(SecondsLength, ToDateTime(micros), static (text, time) => Write<char>(text, time, 0));

    /// <summary><c>2025-08-01T12:00:00.000Z</c></summary>
    public static string FormatMilliseconds(long micros) =>
        string.Create(MillisecondsLength, ToDateTime(micros), static (text, time) => Write<char>(text, time, 3));

    /// <summary><c>2025-07-21T19:22:47.782875+00:00</c></summary>
    public static string FormatMicroseconds(long micros) =>
        string.Create(MicrosecondsLength, ToDateTime(micros), static (text, time) => Write<char>(text, time, 6));

    /// <summary>Writes the <see cref="SecondsLength"/> bytes of <see cref="FormatSeconds"/> and returns their number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short, or the instant has no four-digit year.</exception>
    public static int WriteSeconds(long micros, Span<byte> utf8) => Write(utf8[..SecondsLength], ToDateTime(micros), 0);

    /// <summary>Writes the <see cref="MillisecondsLength"/> bytes of <see cref="FormatMilliseconds"/> and returns their number.</summary>
    /// <inheritdoc cref="WriteSeconds" path="/exception"/>
    public static int WriteMilliseconds(long micros, Span<byte> utf8) => Write(utf8[..MillisecondsLength], ToDateTime(micros), 3);

    /// <summary>Writes the <see cref="MicrosecondsLength"/> bytes of <see cref="FormatMicroseconds"/> and returns their number.</summary>
    /// <inheritdoc cref="WriteSeconds" path="/exception"/>
    public static int WriteMicroseconds(long micros, Span<byte> utf8) => Write(utf8[..MicrosecondsLength], ToDateTime(micros), 6);

    private static DateTime ToDateTime(long micros)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(micros, MinValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(micros, MaxValue);
        return new DateTime((micros - MinValue) * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
    }

    private static bool TryParse<TChar>(ReadOnlySpan<TChar> text, out long micros)
        where TChar : unmanaged
    {
        micros = 0;
        if (!TryReadMinutes(text, out var minutes)) return false;

        var rest = text[DateAndMinutesLength..];
        if (!TryReadSeconds(ref rest, out var withinMinute) || !TryReadZone(rest, out var offsetMinutes)) return false;

        var instant = (minutes - offsetMinutes) * 60 * MicrosPerSecond + withinMinute + MinValue;
        if (instant is < MinValue or > MaxValue) return false;
        micros = instant;
        return true;
    }

    /// <summary>Reads <c>YYYY-MM-DDThh:mm</c>, which the text starts with, as minutes since 0001-01-01T00:00.</summary>
    private static bool TryReadMinutes<TChar>(ReadOnlySpan<TChar> text, out long minutes)
        where TChar : unmanaged
    {
        minutes = 0;
        if (text.Length < DateAndMinutesLength) return false;

        // No digits read as 128, a bit that no two digits have: one comparison finds it in all six.
        var century = Pair(text, 0);
        var yearOfCentury = Pair(text, 2);
        var month = Pair(text, 5);
        var day = Pair(text, 8);
        var hour = Pair(text, 11);
        var minute = Pair(text, 14);
        if ((century | yearOfCentury | month | day | hour | minute) > 127) return false;
        if (At(text, 4) != '-' || At(text, 7) != '-' || (At(text, 10) | 0x20) != 't' || At(text, 13) != ':') return false;

        var year = century * 100 + yearOfCentury;
        if (year == 0 || month - 1 > 11 || day == 0 || hour > 23 || minute > 59) return false;
        if (day > 28 && day > (uint)DateTime.DaysInMonth((int)year, (int)month)) return false;

        minutes = (DaysBefore(year, month) + day - 1L) * 1440 + hour * 60 + minute;
        return true;
    }

    /// <summary>Reads an optional <c>:ss</c> with an optional fraction and moves behind it.</summary>
    private static bool TryReadSeconds<TChar>(ref ReadOnlySpan<TChar> text, out long micros)
        where TChar : unmanaged
    {
        micros = 0;
        if (text.IsEmpty || At(text, 0) != ':') return true;
        if (text.Length < 3) return false;
        var second = Pair(text, 1);
        if (second > 59) return false;
        micros = second * MicrosPerSecond;
        text = text[3..];
        if (text.IsEmpty || At(text, 0) is not ('.' or ',')) return true;

        var weight = MicrosPerSecond / 10;
        var end = 1;
        for (; end < text.Length && At(text, end) - '0' <= 9; end++)
        {
            micros += (At(text, end) - '0') * weight;
            weight /= 10;
        }

        text = text[end..];
        return end > 1;
    }

    /// <summary>Reads the rest of the text as a zone: its minutes ahead of UTC.</summary>
    private static bool TryReadZone<TChar>(ReadOnlySpan<TChar> text, out int minutes)
        where TChar : unmanaged
    {
        minutes = 0;
        if (text.Length == 1) return (At(text, 0) | 0x20) == 'z';
        if (text.Length is not (3 or 5 or 6) || At(text, 0) is not ('+' or '-')) return false;
        if (text.Length == 6 && At(text, 3) != ':') return false;

        var hours = Pair(text, 1);
        var rest = text.Length == 3 ? 0 : Pair(text, text.Length - 2);
        if (hours > 23 || rest > 59) return false;
        minutes = (int)(hours * 60 + rest);
        if (At(text, 0) == '-') minutes = -minutes;
        return true;
    }

    /// <summary>The code unit at the index; <c>TChar</c> is byte or char, which the JIT compiles each by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint At<TChar>(ReadOnlySpan<TChar> text, int index)
        where TChar : unmanaged =>
        typeof(TChar) == typeof(byte) ? Unsafe.BitCast<TChar, byte>(text[index]) : Unsafe.BitCast<TChar, char>(text[index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TChar Unit<TChar>(char character)
        where TChar : unmanaged =>
        typeof(TChar) == typeof(byte) ? Unsafe.BitCast<byte, TChar>((byte)character) : Unsafe.BitCast<char, TChar>(character);

    /// <summary>The two digits at the index as a number, or 128 when they are no digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Pair<TChar>(ReadOnlySpan<TChar> text, int index)
        where TChar : unmanaged
    {
        var tens = At(text, index) - '0';
        var units = At(text, index + 1) - '0';
        return tens <= 9 && units <= 9 ? tens * 10 + units : 128;
    }

    /// <summary>Days from 0001-01-01 to the first of the month, in the Gregorian calendar carried back.</summary>
    private static long DaysBefore(uint year, uint month)
    {
        // Counted from the first of March, so that the leap day is the last of its year and 153 days make every five months.
        var marchYear = month <= 2 ? year - 1 : year;
        var monthsSinceMarch = month <= 2 ? month + 9 : month - 3;
        var beforeYear = marchYear * 365L + marchYear / 4 - marchYear / 100 + marchYear / 400;
        return beforeYear + (153 * monthsSinceMarch + 2) / 5 - 306;
    }

    /// <summary>Fills the text: zero fraction digits and three end in <c>Z</c>, six in <c>+00:00</c>.</summary>
    private static int Write<TChar>(Span<TChar> text, DateTime time, int fractionDigits)
        where TChar : unmanaged
    {
        time.Deconstruct(out var date, out var clock);
        date.Deconstruct(out var year, out var month, out var day);
        WriteNumber(text[..4], year);
        WriteNumber(text[5..7], month);
        WriteNumber(text[8..10], day);
        WriteNumber(text[11..13], clock.Hour);
        WriteNumber(text[14..16], clock.Minute);
        WriteNumber(text[17..19], clock.Second);
        text[4] = text[7] = Unit<TChar>('-');
        text[10] = Unit<TChar>('T');
        text[13] = text[16] = Unit<TChar>(':');
        if (fractionDigits > 0)
        {
            var micros = clock.Millisecond * 1000 + clock.Microsecond;
            text[19] = Unit<TChar>('.');
            WriteNumber(text.Slice(20, fractionDigits), fractionDigits == 3 ? micros / 1000 : micros);
        }

        if (fractionDigits < 6)
        {
            text[^1] = Unit<TChar>('Z');
            return text.Length;
        }

        WriteNumber(text[^5..^3], 0);
        WriteNumber(text[^2..], 0);
        text[^6] = Unit<TChar>('+');
        text[^3] = Unit<TChar>(':');
        return text.Length;
    }

    /// <summary>Fills the text with the number's last digits.</summary>
    private static void WriteNumber<TChar>(Span<TChar> text, int number)
        where TChar : unmanaged
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Unit<TChar>((char)('0' + number % 10));
            number /= 10;
        }
    }
}
