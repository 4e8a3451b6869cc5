using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Laurel.Storage;

/// <summary>Reads a blob's records. Damaged content is an <see cref="InvalidDataException"/>, whatever the bytes are.</summary>
internal ref struct JournalReader(ReadOnlySpan<byte> blob)
{
    private readonly ReadOnlySpan<byte> _content = JournalFormat.Open(blob);
    private int _at;

    /// <summary>A text of an item that was read.</summary>
    public readonly ReadOnlySpan<byte> this[Range text] => _content[text];

    /// <summary>Reads the next record; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next(out JournalItem item)
    {
        item = default;
        if (_at == _content.Length)
            return false;
        item.Kind = (JournalRecord)Byte();
        switch (item.Kind)
        {
            case JournalRecord.Time or JournalRecord.Size:
                item.Number = Int64();
                break;
            case JournalRecord.Row:
                Row(ref item);
                break;
            case JournalRecord.Subject:
                item.Flags = (SubjectFlags)Byte();
                item.Id = Text();
                item.FactsVersion = Int64();
                item.Name = Text();
                break;
            case JournalRecord.Entry:
                Entry(ref item);
                break;
            case JournalRecord.Remove or JournalRecord.Forget:
                item.Id = Text();
                break;
            case JournalRecord.Request:
                item.Request = new Guid(Take(16));
                item.Id = Text();
                break;
            case JournalRecord.Forgotten:
                item.Request = new Guid(Take(16));
                break;
            case JournalRecord.Delivered:
                item.Name = Text();
                item.Number = Int64();
                break;
            case JournalRecord.Sealed:
                break;
            default:
                throw new InvalidDataException($"A journal holds a record of the unknown kind {(byte)item.Kind}.");
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(ref JournalItem item)
    {
        item.Parts = (RowParts)Byte();
        item.Id = Text();
        item.Score = Double();
        item.AchievedAt = Int64();
        if ((item.Parts & RowParts.Name) != 0)
            item.Name = Text();
        Optional(ref item);
        if ((item.Parts & RowParts.Times) != 0)
            Times(ref item);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Entry(ref JournalItem item)
    {
        item.Parts = (RowParts)Byte();
        item.Id = Text();
        item.Flags = (SubjectFlags)Byte();
        item.FactsVersion = Int64();
        item.Name = Text();
        item.Score = Double();
        item.AchievedAt = Int64();
        Optional(ref item);
        Times(ref item);
    }

    private void Optional(ref JournalItem item)
    {
        if ((item.Parts & RowParts.Metadata) != 0)
            item.Metadata = Text();
        if ((item.Parts & RowParts.Average) == 0)
            return;
        item.Total = Double();
        item.Samples = Int64();
    }

    private void Times(ref JournalItem item)
    {
        item.CreatedAt = Int64();
        item.UpdatedAt = Int64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Byte() => Take(1)[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Range Text()
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

        var start = _at;
        Take(length <= int.MaxValue ? (int)length : throw new InvalidDataException("A journal record holds a length past its blob."));
        return start.._at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _content.Length - _at)
            throw new InvalidDataException("A journal record ends past its blob.");
        var taken = _content.Slice(_at, count);
        _at += count;
        return taken;
    }
}
