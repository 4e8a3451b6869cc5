using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>
/// Keeps the lines that did not go in, one JSON object each, beside the imported file. Those that were scores can be imported again as
/// they stand there. Made when the first line comes.
/// </summary>
/// <param name="path">Where.</param>
internal sealed class RejectFile(string path) : IDisposable
{
    /// <summary>What it adds to the imported file's name.</summary>
    public const string Suffix = ".laurel-rejects.ndjson";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private FileStream? _stream;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>How long it is.</summary>
    public long Length { get; private set; }

    /// <summary>Drops what an interrupted run wrote behind the last settled line.</summary>
    /// <param name="length">How long it was there; 0 begins anew.</param>
    public void ShortenTo(long length)
    {
        if (length == 0)
        {
            File.Delete(path);
        }
        else
        {
            using var stream = new FileStream(path, FileMode.OpenOrCreate);
            stream.SetLength(Math.Min(length, stream.Length));
            length = stream.Length;
        }

        Length = length;
    }

    /// <summary>Adds a line, which <see cref="Flush"/> writes.</summary>
    public void Add(in SourceItem item, string reason)
    {
        using (var json = new Utf8JsonWriter(_buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, item.Number);
            json.WriteString("reason"u8, reason);
            if (item.Score is { } score)
                Write(json, score);
            else
                json.WriteString("text"u8, item.Text);
            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }

    /// <summary>Writes what was added.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
            return;
        _stream ??= new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        _stream.Write(_buffer.WrittenSpan);
        _stream.Flush();
        Length += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private static void Write(Utf8JsonWriter json, ScoreLine score)
    {
        json.WriteString("user_id"u8, score.UserId);
        json.WriteNumber("score"u8, score.Score);
        if (score.Timestamp is { } timestamp)
            json.WriteString("timestamp"u8, Timestamps.FormatMicroseconds(timestamp));
        if (score.Name is { } name)
            json.WriteString("name"u8, name);
        if (score.Metadata is null)
            return;
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(score.Metadata);
    }
}
