using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Laurel.Storage;

/// <summary>Writes a blob's records into a buffer from the shared pool.</summary>
internal sealed class JournalWriter
{
    private const int LeastBytes = 4096;

    private byte[] _buffer = [];
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

    public void Size(long subjects)
    {
        Take(1)[0] = (byte)JournalRecord.Size;
        Int64(subjects);
    }

    /// <summary>The fields every entry has up to its achieved-at; the others follow.</summary>
    public void Entry(RowParts parts, ReadOnlySpan<byte> id, SubjectFlags flags, long version, ReadOnlySpan<byte> name, double score, long achievedAt)
    {
        Head(JournalRecord.Entry, (byte)parts);
        Text(id);
        Take(1)[0] = (byte)flags;
        Int64(version);
        Text(name);
        Double(score);
        Int64(achievedAt);
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

    public void Forgotten(Guid request)
    {
        var span = Take(17);
        span[0] = (byte)JournalRecord.Forgotten;
        request.TryWriteBytes(span[1..]);
    }

    public void Delivered(string source, long position)
    {
        Take(1)[0] = (byte)JournalRecord.Delivered;
        Text(Encoding.UTF8.GetBytes(source));
        Int64(position);
    }

    public void Sealed() => Take(1)[0] = (byte)JournalRecord.Sealed;

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

    /// <summary>The finished blob; good until <see cref="Clear"/> or <see cref="LetGo"/>.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Take(0);
        JournalFormat.WriteHeader(_buffer.AsSpan(0, _length));
        return _buffer.AsMemory(0, _length);
    }

    /// <summary>Begins the next blob in the same buffer.</summary>
    public void Clear() => _length = JournalFormat.HeaderBytes;

    /// <summary>Gives the buffer back; the next blob begins with another one.</summary>
    public void LetGo()
    {
        Clear();
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
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
            Grow(count);
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBytes, Math.Max(_buffer.Length * 2, _length + count)));
        _buffer.AsSpan(0, Math.Min(_length, _buffer.Length)).CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
