using System.Text.Json;

namespace Laurel.Standalone.Commands;

/// <summary>The scores of a file with a JSON object on each line. Members that are not asked for are ignored.</summary>
internal sealed class NdjsonSource : IScoreSource
{
    private readonly FileStream _stream;
    private readonly SourceFile _file;
    private readonly RecordBuffer _buffer;
    private readonly LineReader _lines;
    private bool _atStart;

    private NdjsonSource(FileStream stream, SourceFile file, FileCursor cursor)
    {
        (_stream, _file) = (stream, file);
        stream.Position = cursor.Offset;
        _atStart = cursor.Offset == 0;
        _buffer = new RecordBuffer(stream, cursor.Offset);
        _lines = new LineReader(_buffer, cursor.Line);
        Size = stream.Length;
    }

    /// <inheritdoc/>
    public string Description
    {
        get
        {
            var mapping = _file.Mapping;
            var score = mapping.Score is { } constant ? FormattableString.Invariant($"{constant:R} for each line") : string.Join(" or ", mapping.ScoreNames);
            return $"user = {string.Join(" or ", mapping.User)}, score = {score}";
        }
    }

    /// <inheritdoc/>
    public string Cursor => new FileCursor(_buffer.Position, _lines.NextLine).ToString();

    /// <inheritdoc/>
    public long Next => _lines.NextLine;

    /// <inheritdoc/>
    public long Done => _buffer.Position;

    /// <inheritdoc/>
    public long Size { get; }

    /// <inheritdoc/>
    public long Skipped { get; private set; }

    /// <summary>Goes to the cursor.</summary>
    public static SourceOpening Open(FileStream stream, SourceFile file, FileCursor cursor) => SourceOpening.Of(new NdjsonSource(stream, file, cursor));

    /// <inheritdoc/>
    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellation)
    {
        if (_atStart)
        {
            await _buffer.FillAsync(cancellation);
            _buffer.Advance(SourceFile.ByteOrderMark(_buffer.Waiting.Span));
            _atStart = false;
        }

        while (await _lines.MoveNextAsync(cancellation))
        {
            var mistake = $"The line has more than {RecordBuffer.LongestRecord} bytes";
            ScoreLine? score = null;
            if (!_lines.TooLong)
                mistake = Read(_lines.Text, out score);
            if (mistake is not null)
                return SourceItem.Bad(_lines.Line, mistake, RecordBuffer.Excerpt(_lines.Text.Span));
            if (score is not null)
                return SourceItem.Of(_lines.Line, score);
            Skipped++;
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Reads one line. Without mistake and score, it was not asked for.</summary>
    private string? Read(ReadOnlyMemory<byte> text, out ScoreLine? score)
    {
        score = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var line = document.RootElement;
            if (line.ValueKind != JsonValueKind.Object)
                return "The line is no JSON object";
            foreach (var filter in _file.Filters)
            {
                if (!filter.Keeps(TextOf(line, [filter.Column]) ?? ""))
                    return null;
            }

            var mapping = _file.Mapping;
            var mistake = ScoreFields.Read(
                TextOf(line, mapping.User),
                TextOf(line, mapping.ScoreNames),
                mapping.Score,
                TextOf(line, mapping.Timestamp),
                TextOf(line, mapping.Name),
                TextOf(line, mapping.Metadata),
                out var read);
            score = mistake is null ? read : null;
            return mistake;
        }
        catch (JsonException)
        {
            return "The line is no JSON in UTF-8";
        }
        catch (InvalidOperationException)
        {
            return "A string is not valid Unicode";
        }
    }

    private static string? TextOf(JsonElement line, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (line.TryGetProperty(name, out var value))
            {
                return value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => value.GetString(),
                    _ => value.GetRawText(),
                };
            }
        }

        return null;
    }
}
