namespace Laurel.Standalone.Commands;

/// <summary>
/// The form of a CSV record as RFC 4180 has it: fields between separators, one that begins with a quote goes to the next single quote
/// and may hold separators and line ends. Lines end in <c>\r\n</c> or <c>\n</c>. A quote inside a field that does not begin with one
/// is a character like others.
/// </summary>
internal static class CsvSyntax
{
    /// <summary>Finds the fields of the record that a text begins with, looking at each byte once.</summary>
    /// <param name="text">What is at hand.</param>
    /// <param name="last">Whether nothing follows it.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="fields">Gets the fields.</param>
    /// <param name="length">The record's length with its line end, when it is complete.</param>
    public static CsvVerdict Parse(ReadOnlySpan<byte> text, bool last, byte separator, List<CsvField> fields, out int length)
    {
        fields.Clear();
        length = 0;
        var at = 0;
        while (true)
        {
            var isQuoted = at < text.Length && text[at] == '"';
            if (isQuoted ? !TryReadQuoted(text, last, ref at, fields) : !TryReadPlain(text, last, separator, ref at, fields))
                return CsvVerdict.Incomplete;

            var afterReturn = at < text.Length && text[at] == '\r';
            if (afterReturn)
                at++;
            if (at == text.Length)
            {
                length = at;
                return last ? CsvVerdict.Complete : CsvVerdict.Incomplete;
            }

            var next = text[at++];
            if (next == '\n')
            {
                length = at;
                return CsvVerdict.Complete;
            }

            if (next != separator || afterReturn)
                return CsvVerdict.TextAfterQuote;
        }
    }

    private static bool TryReadQuoted(ReadOnlySpan<byte> text, bool last, ref int at, List<CsvField> fields)
    {
        var start = at + 1;
        var hasEscapes = false;
        for (at = start; ; at += 2)
        {
            var quote = text[at..].IndexOf((byte)'"');
            if (quote < 0)
                return false;
            at += quote;
            if (at + 1 == text.Length && !last)
                return false;
            if (at + 1 == text.Length || text[at + 1] != '"')
                break;
            hasEscapes = true;
        }

        fields.Add(new(start, at - start, hasEscapes));
        at++;
        return true;
    }

    private static bool TryReadPlain(ReadOnlySpan<byte> text, bool last, byte separator, ref int at, List<CsvField> fields)
    {
        var length = text[at..].IndexOfAny(separator, (byte)'\n');
        if (length < 0 && !last)
            return false;

        var end = length < 0 ? text.Length : at + length;
        var endsLine = end == text.Length || text[end] == '\n';
        var hasReturn = endsLine && end > at && text[end - 1] == '\r';
        fields.Add(new(at, end - at - (hasReturn ? 1 : 0), false));
        at = hasReturn ? end - 1 : end;
        return true;
    }
}
