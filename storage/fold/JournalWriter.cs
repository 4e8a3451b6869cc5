using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Laurel.Storage;

/// <summary>Writes a blob's records into a buffer that it keeps for the next blob.</summary>
internal sealed class JournalWriter
{
    /// <summary>A buffer that grew past this is given up after its blob.</summary>
    private const int KeptBytes = 1 << 20;

    private byte[] _buffer = new byte[4096];
    private int _length = JournalFormat.HeaderBytes;

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _length == JournalFormat.HeaderBytes;

    /// <summary>The blob's size so far, in bytes.</summary>
    public int Length => _length;

    public void Time(long micros)
    {
        var span = Take(9);
        span[0] = (byte)JournalRecord.Time;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], micros);
    }

    /// <summary>The fields every row has; the optional ones follow in the order of <see cref="RowParts"/>.</summary>
    public void Row(RowParts parts, ReadOnlySpan<byte> id, double score, long achievedAt)
    {
        Head(JournalRecord.Row, (byte)parts);
        Text(id);
        var span = Take(16);
        BinaryPrimitives.WriteDoubleLittleEndian(span, score);
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], achievedAt);
    }

    public void Subject(ReadOnlySpan<byte> id, SubjectFlags flags, long version, ReadOnlySpan<byte> name)
    {
        Head(JournalRecord.Subject, (byte)flags);
        Text(id);
        Int64(version);
        Text(name);
    }

    public void Remove(ReadOnlySpan<byte> id) => IdOnly(JournalRecord.Remove, id);

    public void Forget(ReadOnlySpan<byte> id) => IdOnly(JournalRecord.Forget, id);

    public void Request(Guid id, ReadOnlySpan<byte> outcome)
    {
        var span = Take(17);
        span[0] = (byte)JournalRecord.Request;
        id.TryWriteBytes(span[1..]);
        Text(outcome);
    }

    public void Text(ReadOnlySpan<byte> text)
    {
        var rest = (uint)text.Length;
        for (; rest >= 0x80; rest >>= 7)
            Take(1)[0] = (byte)(rest | 0x80);
        Take(1)[0] = (byte)rest;
        text.CopyTo(Take(text.Length));
    }

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>The finished blob; good until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        JournalFormat.WriteHeader(_buffer.AsSpan(0, _length));
        return _buffer.AsMemory(0, _length);
    }

    /// <summary>Begins the next blob.</summary>
    public void Clear()
    {
        _length = JournalFormat.HeaderBytes;
        if (_buffer.Length > KeptBytes)
            _buffer = new byte[4096];
    }

    private void Head(JournalRecord record, byte detail)
    {
        var span = Take(2);
        span[0] = (byte)record;
        span[1] = detail;
    }

    private void IdOnly(JournalRecord record, ReadOnlySpan<byte> id)
    {
        Take(1)[0] = (byte)record;
        Text(id);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
