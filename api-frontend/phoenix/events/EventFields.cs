using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Reads events as their senders wrote them into the form in which they are stored and scored. Unknown fields are passed over: an event
/// may say more than a board needs. One reader reads one request.
/// </summary>
/// <param name="latest">The latest timestamp that is not in the future, microseconds since the Unix epoch.</param>
internal sealed class EventFields(long latest)
{
    private const int LongestText = 128;
    private const int LongestMetadata = 4096;

    private static readonly JsonWriterOptions MetadataOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EventWriter _events = new();
    private readonly ArrayBufferWriter<byte> _metadata = new();
    private readonly byte[] _path = new byte[EventFormat.LongestPath];

    /// <summary>All that was read.</summary>
    public byte[] ToArray() => _events.ToArray();

    /// <summary>Reads one event.</summary>
    /// <param name="element">Anything.</param>
    /// <param name="eventId">Its id.</param>
    /// <returns>What is wrong, with the field's path; null when nothing is.</returns>
    public Mistake? Read(JsonElement element, out string eventId)
    {
        eventId = "";
        if (element.ValueKind != JsonValueKind.Object)
            return new("", "An event must be an object");
        if (!TryReadText(element, "event_id", out eventId))
            return TextMistake("event_id");
        if (!TryReadText(element, "event_type", out var type))
            return TextMistake("event_type");
        if (!element.TryGetProperty("timestamp", out var time) || time.ValueKind != JsonValueKind.String || !Timestamps.TryParse(time.GetString(), out var timestamp))
            return new("timestamp", "timestamp must be an ISO 8601 timestamp with date, time and zone, such as 2025-08-01T12:00:00Z");
        if (timestamp > latest)
            return new("timestamp", "timestamp must not be in the future");
        if (!element.TryGetProperty("actor", out var actor) || actor.ValueKind != JsonValueKind.Object)
            return new("actor", "actor must be an object with the id of the player");
        if (ReadActor(actor, out var actorId, out var name, out var metadata) is { } mistake)
            return mistake;

        _events.Begin(Utf8(eventId), timestamp, Utf8(type), Utf8(actorId), Utf8(name ?? ""), _metadata.WrittenSpan);
        mistake = ReadAttributes(element, "attrs") ?? ReadAttributes(element, "attributes") ?? (metadata is { } known ? Add(known, "actor.metadata"u8) : null);
        if (mistake is not null)
            return mistake;
        _events.End();
        return null;
    }

    private static Mistake TextMistake(string name) =>
        new(name, $"{name} must be a string of 1 to {LongestText} characters without control characters");

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static bool TryReadText(JsonElement element, string name, out string text)
    {
        text = "";
        if (!element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return false;
        text = value.GetString()!;
        return text.Length is > 0 and <= LongestText && !text.Any(char.IsControl);
    }

    private Mistake? ReadActor(JsonElement actor, out string id, out string? name, out JsonElement? metadata)
    {
        (id, name, metadata) = ("", null, null);
        _metadata.ResetWrittenCount();
        if (!actor.TryGetProperty("id", out var given) || given.ValueKind != JsonValueKind.String || !UserId.IsValid(id = given.GetString()!))
            return new("actor.id", $"actor.id must be a string of 1 to {UserId.MaxLength} characters without control characters");
        if (actor.TryGetProperty("name", out var named) && named.ValueKind != JsonValueKind.Null && !TryReadText(actor, "name", out name))
            return TextMistake("actor.name");
        if (!actor.TryGetProperty("metadata", out var about) || about.ValueKind == JsonValueKind.Null)
            return null;
        if (about.ValueKind != JsonValueKind.Object)
            return new("actor.metadata", "actor.metadata must be an object");

        metadata = about;
        // Written anew, the white space between its members is gone.
        using (var writer = new Utf8JsonWriter(_metadata, MetadataOptions))
            about.WriteTo(writer);
        return _metadata.WrittenCount > LongestMetadata
            ? new("actor.metadata", $"actor.metadata must have at most {LongestMetadata} bytes")
            : null;
    }

    private Mistake? ReadAttributes(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var attributes) || attributes.ValueKind == JsonValueKind.Null)
            return null;
        return attributes.ValueKind == JsonValueKind.Object ? Add(attributes, "attrs"u8) : new(name, $"{name} must be an object");
    }

    private Mistake? Add(JsonElement value, ReadOnlySpan<byte> root)
    {
        root.CopyTo(_path);
        return Add(value, root.Length);
    }

    /// <summary>Adds what stands at the path that is written so far, and all that it holds.</summary>
    private Mistake? Add(JsonElement value, int pathLength)
    {
        if (_events.Attributes == EventFormat.MostAttributes)
            return new("attrs", $"An event has at most {EventFormat.MostAttributes} attributes");
        var path = _path.AsSpan(0, pathLength);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when JsonNumber.TryRead(JsonMarshal.GetRawUtf8Value(value), out var number):
                _events.Add(path, number);
                return null;
            case JsonValueKind.Number:
                return new(Encoding.UTF8.GetString(path), "A number must be finite");
            case JsonValueKind.True or JsonValueKind.False:
                _events.Add(path, value.ValueKind == JsonValueKind.True);
                return null;
            case JsonValueKind.String:
                var text = JsonMarshal.GetRawUtf8Value(value)[1..^1];
                _events.Add(path, text.Contains((byte)'\\') ? Utf8(value.GetString()!) : text);
                return null;
            case JsonValueKind.Array:
                _events.Add(path);
                return null;
            case JsonValueKind.Object:
                _events.Add(path);
                return AddMembers(value, pathLength);
            default:
                return null;
        }
    }

    private Mistake? AddMembers(JsonElement value, int pathLength)
    {
        foreach (var member in value.EnumerateObject())
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(member);
            var name = raw.Contains((byte)'\\') ? Utf8(member.Name) : raw;
            if (pathLength + 1 + name.Length > _path.Length)
                return new("attrs", $"An attribute's path has at most {EventFormat.LongestPath} bytes");
            _path[pathLength] = (byte)'.';
            name.CopyTo(_path.AsSpan(pathLength + 1));
            if (Add(member.Value, pathLength + 1 + name.Length) is { } mistake)
                return mistake;
        }

        return null;
    }
}
