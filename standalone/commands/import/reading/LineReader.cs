namespace Laurel.Standalone.Commands;

/// <summary>Reads lines that end in <c>\n</c> or <c>\r\n</c>, passing over empty ones.</summary>
/// <param name="buffer">The file.</param>
/// <param name="line">The number of the line that the buffer begins with.</param>
internal sealed class LineReader(RecordBuffer buffer, long line = 1)
{
    /// <summary>The present line's number, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The line behind the present one.</summary>
    public long NextLine { get; private set; } = line;

    /// <summary>The present line without its end, good until the next one is asked for; the beginning of one that is <see cref="TooLong"/>.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>Whether the present line has more than <see cref="RecordBuffer.LongestRecord"/> bytes.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Goes to the next line; false after the last.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var waiting = buffer.Waiting;
            var end = waiting.Span.IndexOf((byte)'\n');
            if (end < 0 && !buffer.Ended && waiting.Length <= RecordBuffer.LongestRecord)
            {
                await buffer.FillAsync(cancellation);
                continue;
            }

            if (waiting.IsEmpty)
                return false;
            Line = NextLine++;
            Text = TrimEnd(end < 0 ? waiting : waiting[..end]);
            TooLong = Text.Length > RecordBuffer.LongestRecord;
            if (TooLong)
            {
                // The text must outlive the filling of the buffer.
                Text = Text[..RecordBuffer.LongestRecord].ToArray();
                await buffer.PassLineAsync(cancellation);
                return true;
            }

            buffer.Advance(end < 0 ? waiting.Length : end + 1);
            if (Text.Span.ContainsAnyExcept((byte)' ', (byte)'\t'))
                return true;
        }
    }

    private static ReadOnlyMemory<byte> TrimEnd(ReadOnlyMemory<byte> line) =>
        !line.IsEmpty && line.Span[^1] == '\r' ? line[..^1] : line;
}
