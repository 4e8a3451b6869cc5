using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Writes instants as this family shows them: UTC, <c>2025-08-01T12:00:00Z</c>, and with microseconds,
/// <c>2025-08-01T12:00:00.782875Z</c>, when they are not zero: what is kept is shown.
/// </summary>
internal static class InstantText
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaxLength = 27;

    private const int MicrosPerSecond = 1_000_000;

    /// <summary>Writes the instant, microseconds since the Unix epoch, and returns how many bytes it took. Allocates nothing.</summary>
    /// <param name="utf8">At least <see cref="MaxLength"/> bytes.</param>
    public static int Write(long micros, Span<byte> utf8)
    {
        if (micros % MicrosPerSecond == 0)
            return Timestamps.WriteSeconds(micros, utf8);

        Span<byte> text = stackalloc byte[Timestamps.MicrosecondsLength];
        Timestamps.WriteMicroseconds(micros, text);
        text[..(MaxLength - 1)].CopyTo(utf8);
        utf8[MaxLength - 1] = (byte)'Z';
        return MaxLength;
    }
}
