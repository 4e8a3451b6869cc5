namespace Laurel.Standalone.Commands;

/// <summary>The scores of a CSV file, whose first line names the columns.</summary>
internal sealed class CsvSource : IScoreSource
{
    private readonly Stream _stream;
    private readonly SourceFile _file;
    private readonly CsvColumns _columns;
    private readonly RecordBuffer _buffer;
    private readonly CsvReader _records;

    private CsvSource(Stream stream, SourceFile file, CsvColumns columns, IReadOnlyList<string> header, RecordBuffer buffer, CsvReader records)
    {
        (_stream, _file, _columns, _buffer, _records) = (stream, file, columns, buffer, records);
        Size = stream.Length;
        Description = Describe(file, columns, header);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public string Cursor => new FileCursor(_buffer.Position, _records.NextLine).ToString();

    /// <inheritdoc/>
    public long Next => _records.NextLine;

    /// <inheritdoc/>
    public long Done => _buffer.Position;

    /// <inheritdoc/>
    public long Size { get; }

    /// <inheritdoc/>
    public long Skipped { get; private set; }

    /// <summary>Reads the header and goes to the cursor.</summary>
    /// <param name="stream">The file, at its beginning; the source's, if it opens.</param>
    /// <param name="file">How to read it.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="cursor">Where the scores begin; the beginning stands for the line behind the header.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<SourceOpening> OpenAsync(
        Stream stream, SourceFile file, char separator, FileCursor cursor, CancellationToken cancellation)
    {
        var buffer = new RecordBuffer(stream);
        await buffer.FillAsync(cancellation);
        buffer.Advance(SourceFile.ByteOrderMark(buffer.Waiting.Span));
        var records = new CsvReader(buffer, separator);
        if (!await records.MoveNextAsync(cancellation))
            return SourceOpening.Failed($"{file.Path} is empty.");
        if (records.Mistake is { } wrong)
            return SourceOpening.Failed($"The header of {file.Path} cannot be read: {wrong}.");

        string[] header = [.. Enumerable.Range(0, records.Count).Select(column => records[column])];
        var columns = CsvColumns.Find(header, file.Mapping, file.Filters, out var mistake);
        if (mistake is not null)
            return SourceOpening.Failed($"{file.Path}: {mistake}");

        if (cursor != FileCursor.Start)
        {
            stream.Position = cursor.Offset;
            buffer = new RecordBuffer(stream, cursor.Offset);
            records = new CsvReader(buffer, separator, cursor.Line);
        }

        records.Columns = header.Length;
        return SourceOpening.Of(new CsvSource(stream, file, columns, header, buffer, records));
    }

    /// <inheritdoc/>
    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellation)
    {
        while (await _records.MoveNextAsync(cancellation))
        {
            if (_records.Mistake is { } mistake)
                return SourceItem.Bad(_records.Line, mistake, _records.Excerpt);
            if (!IsKept())
            {
                Skipped++;
                continue;
            }

            mistake = ScoreFields.Read(
                TextOf(_columns.User),
                TextOf(_columns.Score),
                _file.Mapping.Score,
                TextOf(_columns.Timestamp),
                TextOf(_columns.Name),
                TextOf(_columns.Metadata),
                out var score);
            return mistake is null ? SourceItem.Of(_records.Line, score) : SourceItem.Bad(_records.Line, mistake, _records.Excerpt);
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string Describe(SourceFile file, CsvColumns columns, IReadOnlyList<string> header)
    {
        string?[] parts =
        [
            Part("user", columns.User),
            file.Mapping.Score is { } score ? FormattableString.Invariant($"score = {score:R} for each line") : Part("score", columns.Score),
            Part("timestamp", columns.Timestamp) ?? "timestamp = now",
            Part("name", columns.Name),
            Part("metadata", columns.Metadata),
        ];
        return string.Join(", ", parts.OfType<string>());

        string? Part(string field, int column) => column < 0 ? null : $"{field} = {header[column]}";
    }

    private bool IsKept()
    {
        for (var i = 0; i < _file.Filters.Count; i++)
        {
            if (!_file.Filters[i].Keeps(_records[_columns.Filtered[i]]))
                return false;
        }

        return true;
    }

    private string? TextOf(int column) => column < 0 ? null : _records[column];
}
