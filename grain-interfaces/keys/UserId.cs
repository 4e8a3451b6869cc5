using System.Text;

namespace Laurel.GrainInterfaces;

/// <summary>The form of a player's id: 1 to 128 characters of any Unicode but control characters.</summary>
public static class UserId
{
    /// <summary>The longest id, in UTF-16 characters.</summary>
    public const int MaxLength = 128;

    /// <summary>The longest id in UTF-8 bytes.</summary>
    public const int MaxBytes = 3 * MaxLength;

    /// <summary>Whether the text is such an id. Text with unpaired surrogates is not: it has no UTF-8 form.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
            return false;

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
                return false;
            text = text[used..];
        }

        return true;
    }

    /// <summary>The same for an id in UTF-8, as it stands in a request body.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxBytes)
            return false;

        if (Ascii.IsValid(utf8))
            return utf8.Length <= MaxLength && utf8.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0 && !utf8.Contains((byte)0x7F);

        var characters = 0;
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var used) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
                return false;
            characters += rune.Utf16SequenceLength;
            utf8 = utf8[used..];
        }

        return characters <= MaxLength;
    }
}
