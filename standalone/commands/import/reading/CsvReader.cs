using System.Text;
using System.Text.Unicode;

namespace Laurel.Standalone.Commands;

/// <summary>
/// Reads the records of a CSV file one by one. A record that is wrong costs one line: what follows a quote that nobody closes is read
/// as records of its own.
/// </summary>
/// <param name="buffer">The file.</param>
/// <param name="separator">Between fields; ASCII.</param>
/// <param name="line">The number of the line that the buffer begins with.</param>
internal sealed class CsvReader(RecordBuffer buffer, char separator, long line = 1)
{
    private readonly List<CsvField> _fields = [];
    private ReadOnlyMemory<byte> _record;

    /// <summary>The line that the present record begins with, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The line behind the present record.</summary>
    public long NextLine { get; private set; } = line;

    /// <summary>How many fields a record must have; 0 while any number will do.</summary>
    public int Columns { get; set; }

    /// <summary>How many fields the present record has.</summary>
    public int Count => _fields.Count;

    /// <summary>Why the present record cannot be used; null when it can.</summary>
    public string? Mistake { get; private set; }

    /// <summary>The beginning of the present record, as it stands in the file.</summary>
    public string Excerpt => RecordBuffer.Excerpt(_record.Span);

    /// <summary>The text of a field of a record without mistake.</summary>
    public string this[int column]
    {
        get
        {
            var field = _fields[column];
            var text = Encoding.UTF8.GetString(_record.Span.Slice(field.Start, field.Length));
            return field.HasEscapes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
    }

    /// <summary>Goes to the next record that is no empty line; false after the last.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var verdict = CsvSyntax.Parse(buffer.Waiting.Span, buffer.Ended, (byte)separator, _fields, out var length);
            if (verdict == CsvVerdict.Incomplete && !buffer.Ended && buffer.Waiting.Length < RecordBuffer.LongestRecord)
            {
                await buffer.FillAsync(cancellation);
                continue;
            }

            if (buffer.Waiting.IsEmpty)
                return false;
            Line = NextLine;
            Mistake = verdict == CsvVerdict.Complete && IsEmptyLine(length) ? null : FindMistake(verdict, length);
            if (Mistake is not null)
            {
                await PassLineAsync(cancellation);
                return true;
            }

            _record = buffer.Waiting[..length];
            NextLine += Math.Max(1, _record.Span.Count((byte)'\n'));
            buffer.Advance(length);
            if (IsEmptyLine(length))
                continue;
            if (!Utf8.IsValid(_record.Span))
                Mistake = "The line is not UTF-8";
            return true;
        }
    }

    private string? FindMistake(CsvVerdict verdict, int length)
    {
        var tooLong = $"The line has more than {RecordBuffer.LongestRecord} bytes";
        return verdict switch
        {
            CsvVerdict.TextAfterQuote => "Text follows a closing quote",
            CsvVerdict.Incomplete when buffer.Ended => "A quote is never closed",
            CsvVerdict.Incomplete => buffer.Waiting.Span.IndexOf((byte)'\n') >= 0 ? $"A quote is not closed within {RecordBuffer.LongestRecord} bytes" : tooLong,
            _ when length > RecordBuffer.LongestRecord => tooLong,
            _ when Columns != 0 && Count != Columns => $"The line has {Count} fields where the header has {Columns}",
            _ => null,
        };
    }

    private bool IsEmptyLine(int length) => Count == 1 && length <= "\r\n".Length && _fields[0] is { Start: 0, Length: 0 };

    private async ValueTask PassLineAsync(CancellationToken cancellation)
    {
        // The text must outlive the filling of the buffer.
        _record = Encoding.UTF8.GetBytes(RecordBuffer.Excerpt(buffer.Waiting.Span));
        NextLine++;
        await buffer.PassLineAsync(cancellation);
    }
}
