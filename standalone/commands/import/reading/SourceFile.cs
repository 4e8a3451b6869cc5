namespace Laurel.Standalone.Commands;

/// <summary>A file to be imported and how to read it.</summary>
internal sealed record SourceFile : IImportOrigin
{
    private const string CsvFormat = "csv";
    private const string NdjsonFormat = "ndjson";

    /// <summary>The formats there are.</summary>
    public static readonly string[] Formats = [CsvFormat, NdjsonFormat];

    /// <summary>Where it lies.</summary>
    public required string Path { get; init; }

    /// <summary>One of <see cref="Formats"/>; null to go by the name's end.</summary>
    public string? Format { get; init; }

    /// <summary>Between fields of CSV; null to go by the name's end.</summary>
    public char? Separator { get; init; }

    /// <summary>What holds what.</summary>
    public FieldMapping Mapping { get; init; } = new();

    /// <summary>All must keep a line.</summary>
    public IReadOnlyList<LineFilter> Filters { get; init; } = [];

    /// <inheritdoc/>
    public string Title => Path;

    /// <inheritdoc/>
    public string KeptAt => Path;

    /// <inheritdoc/>
    public string Reading => $"format {Format ?? "by name"}, separator {Separator?.ToString() ?? "by name"}, map {Mapping}".TrimEnd();

    /// <inheritdoc/>
    public string Selection => string.Join(" where ", Filters.Select(static filter => filter.ToString()).Prepend(Reading));

    /// <inheritdoc/>
    public string? FindMistake() =>
        File.Exists(Path) ? null : Directory.Exists(Path) ? $"{Path} is a directory." : $"There is no file {Path}.";

    /// <inheritdoc/>
    public FileFingerprint Recognize() => FileFingerprint.Of(Path);

    /// <inheritdoc/>
    public bool IsSame(ImportState kept) =>
        FileFingerprint.Of(Path, kept.HashedBytes) == new FileFingerprint(kept.FileHash, kept.HashedBytes)
        && FileCursor.Parse(kept.Cursor).Offset <= new FileInfo(Path).Length;

    /// <inheritdoc/>
    public async Task<SourceOpening> OpenAsync(string? cursor, CancellationToken cancellation)
    {
        if (FindMistake() is { } absence)
            return SourceOpening.Failed(absence);
        if (FormatOf(Path) is not { } format)
            return SourceOpening.Failed($"{Path} ends neither in .csv, .tsv, .ndjson nor .jsonl: say what it is with --format csv or --format ndjson.");

        FileStream? stream = null;
        try
        {
            stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            if (FindEncodingMistake(stream) is { } mistake)
                return SourceOpening.Failed(mistake);

            var opening = format == CsvFormat
                ? await CsvSource.OpenAsync(stream, this, Separator ?? UsualSeparator, FileCursor.Parse(cursor), cancellation)
                : NdjsonSource.Open(stream, this, FileCursor.Parse(cursor));
            stream = opening.Source is null ? stream : null;
            return opening;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SourceOpening.Failed($"{Path} cannot be read: {exception.Message}");
        }
        finally
        {
            if (stream is not null)
                await stream.DisposeAsync();
        }
    }

    /// <summary>How many bytes at a file's beginning say its encoding.</summary>
    public static int ByteOrderMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;

    private char UsualSeparator => Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';

    private string? FormatOf(string path) => Format ?? System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" => CsvFormat,
        ".ndjson" or ".jsonl" => NdjsonFormat,
        _ => null,
    };

    private string? FindEncodingMistake(FileStream stream)
    {
        Span<byte> start = stackalloc byte[2];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return length == 2 && (start.SequenceEqual<byte>([0xFF, 0xFE]) || start.SequenceEqual<byte>([0xFE, 0xFF]))
            ? $"{Path} is UTF-16: save it as UTF-8."
            : null;
    }
}
