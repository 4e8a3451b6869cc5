using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Turns request text into a JSON document of which every string can be read, or says why it is none.</summary>
internal static class JsonDocuments
{
    /// <summary>How deep objects and arrays may nest.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Parses the text; the document refers to the memory given and is to be disposed before that is reused.</summary>
    /// <param name="mistake">What is wrong, with the place, when the result is false.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? mistake)
    {
        document = null;
        mistake = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            mistake = "Invalid JSON: the text is not UTF-8";
            return false;
        }

        try
        {
            if (HasUnreadableText(utf8.Span))
                mistake = "Invalid JSON: a string holds half of a surrogate pair";
            else
                document = JsonDocument.Parse(utf8, DocumentOptions);
        }
        catch (JsonException exception)
        {
            mistake = Describe(exception);
        }

        return document is not null;
    }

    /// <summary>JsonDocument takes a lone <c>\ud800</c> and throws only when somebody reads that string; this finds it before.</summary>
    private static bool HasUnreadableText(ReadOnlySpan<byte> utf8)
    {
        // Without an escape there is nothing to find, and the parser that follows sees the rest.
        if (!utf8.Contains((byte)'\\'))
            return false;

        var buffer = ArrayPool<byte>.Shared.Rent(utf8.Length);
        try
        {
            var reader = new Utf8JsonReader(utf8, ReaderOptions);
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && !JsonText.TryUnescape(reader.ValueSpan, buffer, out _))
                    return true;
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Describe(JsonException exception)
    {
        // The place at the end of the exception's message counts from zero, which no editor does.
        var message = exception.Message.AsSpan();
        var place = message.IndexOf(" LineNumber:");
        if (place >= 0)
            message = message[..place];
        return $"Invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {message.TrimEnd('.')}";
    }
}
