using System.Globalization;

namespace Laurel.Standalone.Commands;

/// <summary>A place in a file, written <c>offset:line</c>.</summary>
/// <param name="Offset">In bytes.</param>
/// <param name="Line">The number of the line that begins there, from 1.</param>
internal readonly record struct FileCursor(long Offset, long Line)
{
    /// <summary>The file's beginning.</summary>
    public static readonly FileCursor Start = new(0, 1);

    /// <summary>Reads what <see cref="ToString"/> writes; the beginning for null.</summary>
    /// <exception cref="FormatException">It is anything else.</exception>
    public static FileCursor Parse(string? text)
    {
        if (text is null)
            return Start;
        var parts = text.Split(':');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? new(offset, line)
            : throw new FormatException($"'{text}' is no place in a file.");
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Offset}:{Line}");
}
