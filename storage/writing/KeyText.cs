using System.Runtime.CompilerServices;
using System.Text;

namespace Laurel.Storage.Writing;

/// <summary>What every database can keep as a key and orders alike: well-formed text without U+0000, compared by its UTF-8 bytes.</summary>
internal static class KeyText
{
    private const int MaxLength = 1024;

    /// <exception cref="ArgumentException">The text is empty, over 1024 characters, or no such key.</exception>
    public static void ThrowIfInvalid(string text, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, name);
        if (text.Length > MaxLength || text.Contains('\0') || HasLoneSurrogate(text))
        {
            throw new ArgumentException($"A key must be well-formed text of at most {MaxLength} characters without U+0000.", name);
        }
    }

    /// <summary>The first key after all that begin with the prefix.</summary>
    /// <exception cref="ArgumentException">The prefix does not end with <c>/</c>.</exception>
    public static string EndOf(string prefix)
    {
        ThrowIfInvalid(prefix);
        return prefix[^1] == '/'
            ? string.Concat(prefix.AsSpan(0, prefix.Length - 1), "0")
            : throw new ArgumentException($"The prefix '{prefix}' does not end with '/'.", nameof(prefix));
    }

    /// <summary>The least key that is greater than this one.</summary>
    public static string Next(string key) => key + '\u0001';

    private static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAnyInRange('\ud800', '\udfff') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(rest[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            rest = rest[(at + used)..];
        }

        return false;
    }
}
