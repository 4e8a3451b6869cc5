using System.Globalization;
using System.Text;

namespace Laurel.ApiFrontend;

/// <summary>
/// Takes the escapes out of JSON strings. Unlike <c>Utf8JsonReader.CopyString</c> it answers instead of throwing when a string has no
/// UTF-8 form, since a hostile body can hold a hundred thousand of those.
/// </summary>
internal static class JsonText
{
    /// <summary>Writes a string's text in UTF-8.</summary>
    /// <param name="escaped">The string as it stands between its quotes: valid JSON and valid UTF-8.</param>
    /// <param name="destination">As long as <paramref name="escaped"/> is always enough.</param>
    /// <param name="written">How many bytes.</param>
    /// <returns>False when the destination is too short or there is a surrogate without its partner.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, Span<byte> destination, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            var run = plain < 0 ? escaped : escaped[..plain];
            if (!run.TryCopyTo(destination[written..]))
                return false;
            written += run.Length;
            if (plain < 0)
                return true;

            escaped = escaped[plain..];
            if (!TryReadEscape(ref escaped, out var rune) || !rune.TryEncodeToUtf8(destination[written..], out var bytes))
                return false;
            written += bytes;
        }
    }

    private static bool TryReadEscape(ref ReadOnlySpan<byte> escaped, out Rune rune)
    {
        if (escaped[1] != 'u')
        {
            rune = new Rune(Unescape(escaped[1]));
            escaped = escaped[2..];
            return true;
        }

        var first = ReadHex(escaped);
        escaped = escaped[6..];
        if (!char.IsSurrogate(first))
        {
            rune = new Rune(first);
            return true;
        }

        rune = default;
        if (!escaped.StartsWith("\\u"u8) || !Rune.TryCreate(first, ReadHex(escaped), out rune))
            return false;
        escaped = escaped[6..];
        return true;
    }

    private static char Unescape(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)letter,
    };

    private static char ReadHex(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
