using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>One submitted entry.</summary>
/// <param name="UserId">A valid user id.</param>
/// <param name="Score">Finite.</param>
/// <param name="Timestamp">When it was achieved, microseconds since the Unix epoch; null for now.</param>
/// <param name="Extra">Null when the entry has nothing but the above.</param>
internal readonly record struct EntryFields(string UserId, double Score, long? Timestamp, ScoreExtra? Extra)
{
    private const int LongestName = 128;
    private const int LongestKey = 128;
    private const int LongestMetadata = 4096;

    private static readonly JsonWriterOptions MetadataOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads an entry; when it has mistakes, the result means nothing.</summary>
    public static EntryFields Read(ObjectReader entry)
    {
        var userId = entry.RequiredUserId("user_id") ?? "";
        var score = entry.RequiredNumber("score") ?? 0;
        var timestamp = entry.Instant("timestamp");
        var name = entry.Text("name", LongestName, 1);
        var metadata = entry.IsNull("metadata") ? "" : ReadMetadata(entry);
        var key = entry.Text("idempotency_key", LongestKey, 1);
        entry.RefuseOthers();
        var fields = new EntryFields(userId, score, timestamp, null);
        if (name is null && metadata is null && key is null)
            return fields;
        return fields with { Extra = new ScoreExtra(name, metadata, key, key is null ? 0 : Fingerprint(fields, name, metadata)) };
    }

    private static string? ReadMetadata(ObjectReader entry)
    {
        if (entry.Element("metadata") is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            entry.Add("metadata", "metadata must be an object");
            return null;
        }

        // Written anew, the white space between its members is gone.
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, MetadataOptions))
            value.WriteTo(writer);
        if (text.WrittenCount <= LongestMetadata)
            return Encoding.UTF8.GetString(text.WrittenSpan);
        entry.Add("metadata", $"metadata must have at most {LongestMetadata} bytes");
        return null;
    }

    /// <summary>What two requests with the same idempotency key must share. The same on every node and in every release.</summary>
    private static ulong Fingerprint(EntryFields fields, string? name, string? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(fields.UserId);
            writer.WriteNumberValue(BitConverter.DoubleToInt64Bits(fields.Score + 0.0));
            if (fields.Timestamp is { } timestamp)
                writer.WriteNumberValue(timestamp);
            else
                writer.WriteNullValue();
            writer.WriteStringValue(name);
            writer.WriteStringValue(metadata);
            writer.WriteEndArray();
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(buffer.WrittenSpan));
    }
}
