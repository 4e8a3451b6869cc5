using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Laurel.GrainInterfaces;

/// <summary>One event where it lies (see <see cref="EventFormat"/>). Reading allocates nothing.</summary>
public readonly ref struct EventReader
{
    private readonly ReadOnlySpan<byte> _head;
    private readonly ReadOnlySpan<byte> _attributes;
    private readonly ReadOnlySpan<byte> _texts;

    /// <param name="events">Begins with the event; may go on behind it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no whole event.</exception>
    public EventReader(ReadOnlySpan<byte> events)
    {
        Length = BinaryPrimitives.ReadInt32LittleEndian(events);
        _head = events[..Length];
        var attributes = Int32(EventFormat.CountAt) * EventFormat.AttributeSize;
        _attributes = _head.Slice(EventFormat.HeadSize, attributes);
        _texts = _head[(EventFormat.HeadSize + attributes)..];
    }

    /// <summary>How many bytes it takes: the next event begins there.</summary>
    public int Length { get; }

    /// <summary>Stands for the event's id: 64 bits of its hash.</summary>
    public ulong Id => BinaryPrimitives.ReadUInt64LittleEndian(_head[EventFormat.IdAt..]);

    /// <summary>When it happened, microseconds since the Unix epoch.</summary>
    public long Timestamp => BinaryPrimitives.ReadInt64LittleEndian(_head[EventFormat.TimestampAt..]);

    /// <summary>The type in UTF-8.</summary>
    public ReadOnlySpan<byte> Type => _texts[..TypeLength];

    /// <summary>The actor's id in UTF-8.</summary>
    public ReadOnlySpan<byte> Actor => _texts.Slice(TypeLength, ActorLength);

    /// <summary>Whether the actor has a name.</summary>
    public bool HasName => Int32(EventFormat.NameAt) >= 0;

    /// <summary>The actor's name in UTF-8, empty when there is none.</summary>
    public ReadOnlySpan<byte> Name => _texts.Slice(TypeLength + ActorLength, NameLength);

    /// <summary>Whether the actor has metadata.</summary>
    public bool HasMetadata => Int32(EventFormat.MetadataAt) >= 0;

    /// <summary>The actor's metadata, a JSON object in UTF-8, empty when there is none.</summary>
    public ReadOnlySpan<byte> Metadata => _texts.Slice(TypeLength + ActorLength + NameLength, Math.Max(0, Int32(EventFormat.MetadataAt)));

    private int TypeLength => Int32(EventFormat.TypeAt);

    private int ActorLength => Int32(EventFormat.ActorAt);

    private int NameLength => Math.Max(0, Int32(EventFormat.NameAt));

    /// <summary>Looks an attribute up, from the last to the first: about a nanosecond for each that it is not.</summary>
    /// <param name="path">The path.</param>
    /// <param name="number">Of a number; 1 or 0 of a boolean.</param>
    /// <param name="text">Of a text.</param>
    public EventValueKind Find(in EventPath path, out double number, out ReadOnlySpan<byte> text)
    {
        number = 0;
        text = default;
        if (path.Field != EventField.Attribute)
            return FindField(path.Field, out text);

        const int words = EventFormat.AttributeSize / sizeof(ulong);
        var hash = BitConverter.IsLittleEndian ? path.Hash : BinaryPrimitives.ReverseEndianness(path.Hash);
        var rows = MemoryMarshal.Cast<byte, ulong>(_attributes);
        for (var at = rows.Length - words; (uint)at < (uint)rows.Length; at -= words)
        {
            if (rows[at] != hash)
                continue;
            var row = _attributes.Slice(at * sizeof(ulong), EventFormat.AttributeSize);
            if (!PathOf(row).SequenceEqual(path.Text))
                continue;
            var kind = (EventValueKind)row[^1];
            if (kind == EventValueKind.Text)
                text = _texts.Slice(BinaryPrimitives.ReadInt32LittleEndian(row[8..]), BinaryPrimitives.ReadInt32LittleEndian(row[12..]));
            else
                number = BinaryPrimitives.ReadDoubleLittleEndian(row[8..]);
            return kind;
        }

        return EventValueKind.Missing;
    }

    private EventValueKind FindField(EventField field, out ReadOnlySpan<byte> text)
    {
        text = field switch
        {
            EventField.Type => Type,
            EventField.ActorId => Actor,
            _ => Name,
        };
        return field == EventField.ActorName && !HasName ? EventValueKind.Missing : EventValueKind.Text;
    }

    private ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> row) =>
        _texts.Slice(BinaryPrimitives.ReadInt32LittleEndian(row[16..]), BinaryPrimitives.ReadInt32LittleEndian(row[20..]) & 0xFFFFFF);

    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(_head[at..]);
}
