using System.Buffers.Binary;

namespace Laurel.Storage;

/// <summary>Reads a blob's records. Damaged content is an <see cref="InvalidDataException"/>, whatever the bytes are.</summary>
internal ref struct JournalReader(ReadOnlySpan<byte> blob)
{
    private ReadOnlySpan<byte> _rest = JournalFormat.Open(blob);

    public bool Next(out JournalRecord record)
    {
        record = default;
        if (_rest.IsEmpty)
            return false;
        record = (JournalRecord)Byte();
        return true;
    }

    public byte Byte() => Take(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public Guid Guid() => new(Take(16));

    public ReadOnlySpan<byte> Text()
    {
        var length = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            length |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
                break;
            if (shift >= 28)
                throw new InvalidDataException("A journal record holds a length of more than 32 bits.");
        }

        return length <= int.MaxValue ? Take((int)length) : throw new InvalidDataException("A journal record holds a length past its blob.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException("A journal record ends past its blob.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
