using System.Globalization;

namespace Laurel.Standalone.Commands;

/// <summary>A place in the scan of a set, written <c>cursor:number</c>.</summary>
/// <param name="Scan">What the server calls it; 0 for the beginning.</param>
/// <param name="Number">The number of the member that comes next, from 1. With the scan's 0 it is the end.</param>
internal readonly record struct RedisCursor(ulong Scan, long Number)
{
    /// <summary>The beginning.</summary>
    public static readonly RedisCursor Start = new(0, 1);

    /// <summary>Whether the scan has come around.</summary>
    public bool IsEnd => Scan == 0 && Number > 1;

    /// <summary>Reads what <see cref="ToString"/> writes; the beginning for null.</summary>
    /// <exception cref="FormatException">It is anything else.</exception>
    public static RedisCursor Parse(string? text)
    {
        if (text is null)
            return Start;
        var parts = text.Split(':');
        return parts.Length == 2
            && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var scan)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(scan, number)
            : throw new FormatException($"'{text}' is no place in a set.");
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Scan}:{Number}");
}
