using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Laurel.GrainInterfaces;

/// <summary>Writes events one after the other (see <see cref="EventFormat"/>). Keeps its buffers for the next event.</summary>
public sealed class EventWriter
{
    private readonly ArrayBufferWriter<byte> _events = new(1024);
    private readonly ArrayBufferWriter<byte> _attributes = new(512);
    private readonly ArrayBufferWriter<byte> _texts = new(512);
    private readonly byte[] _head = new byte[EventFormat.HeadSize];

    /// <summary>How many attributes the event has so far.</summary>
    public int Attributes => _attributes.WrittenCount / EventFormat.AttributeSize;

    /// <summary>Begins an event.</summary>
    /// <param name="eventId">Its id in UTF-8.</param>
    /// <param name="timestamp">When it happened, microseconds since the Unix epoch.</param>
    /// <param name="type">In UTF-8.</param>
    /// <param name="actor">The actor's id in UTF-8.</param>
    /// <param name="name">The actor's name in UTF-8; empty for none.</param>
    /// <param name="metadata">The actor's metadata, a JSON object in UTF-8; empty for none.</param>
    public void Begin(
        ReadOnlySpan<byte> eventId,
        long timestamp,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> actor,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> metadata)
    {
        _attributes.ResetWrittenCount();
        _texts.ResetWrittenCount();
        BinaryPrimitives.WriteUInt64LittleEndian(_head.AsSpan(EventFormat.IdAt), HashOf(eventId));
        BinaryPrimitives.WriteInt64LittleEndian(_head.AsSpan(EventFormat.TimestampAt), timestamp);
        SetInt32(EventFormat.TypeAt, type.Length);
        SetInt32(EventFormat.ActorAt, actor.Length);
        SetInt32(EventFormat.NameAt, name.IsEmpty ? -1 : name.Length);
        SetInt32(EventFormat.MetadataAt, metadata.IsEmpty ? -1 : metadata.Length);
        _texts.Write(type);
        _texts.Write(actor);
        _texts.Write(name);
        _texts.Write(metadata);
    }

    /// <summary>Adds a finite number.</summary>
    public void Add(ReadOnlySpan<byte> path, double number) => Add(path, EventValueKind.Number, BitConverter.DoubleToInt64Bits(number));

    /// <summary>Adds a boolean.</summary>
    public void Add(ReadOnlySpan<byte> path, bool truth) => Add(path, EventValueKind.Boolean, BitConverter.DoubleToInt64Bits(truth ? 1 : 0));

    /// <summary>Adds text in UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text)
    {
        var begin = _texts.WrittenCount;
        _texts.Write(text);
        Add(path, EventValueKind.Text, EventValue.Text(begin, text.Length).Bits);
    }

    /// <summary>Adds an object or an array, as something that is there.</summary>
    public void Add(ReadOnlySpan<byte> path) => Add(path, EventValueKind.Other, 0);

    /// <summary>Ends the event.</summary>
    public void End()
    {
        SetInt32(EventFormat.LengthAt, EventFormat.HeadSize + _attributes.WrittenCount + _texts.WrittenCount);
        SetInt32(EventFormat.CountAt, Attributes);
        _events.Write(_head);
        _events.Write(_attributes.WrittenSpan);
        _events.Write(_texts.WrittenSpan);
    }

    /// <summary>All events that have ended.</summary>
    public byte[] ToArray() => _events.WrittenSpan.ToArray();

    private static ulong HashOf(ReadOnlySpan<byte> eventId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(eventId, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private void Add(ReadOnlySpan<byte> path, EventValueKind kind, long value)
    {
        var row = _attributes.GetSpan(EventFormat.AttributeSize);
        BinaryPrimitives.WriteUInt64LittleEndian(row, EventPath.HashOf(path));
        BinaryPrimitives.WriteInt64LittleEndian(row[8..], value);
        BinaryPrimitives.WriteInt32LittleEndian(row[16..], _texts.WrittenCount);
        BinaryPrimitives.WriteInt32LittleEndian(row[20..], path.Length | ((int)kind << 24));
        _attributes.Advance(EventFormat.AttributeSize);
        _texts.Write(path);
    }

    private void SetInt32(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(at), value);
}
