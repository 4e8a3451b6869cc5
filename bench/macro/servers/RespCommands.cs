using System.Buffers.Text;
using System.Diagnostics;

namespace Laurel.Bench.Macro;

/// <summary>Commands for Redis as they go over the wire, one behind the other. Used again and again by <see cref="Clear"/>.</summary>
internal sealed class RespCommands
{
    // A type, a length of up to ten digits, and the line's end.
    private const int MostHeaderBytes = 13;

    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    /// <summary>All commands.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>How many there are: so many replies will come.</summary>
    public int Count { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear() => Count = _length = 0;

    /// <summary>Adds a command.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> first = default, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        var parts = 1 + (first.IsEmpty ? 0 : 1) + (second.IsEmpty ? 0 : 1) + (third.IsEmpty ? 0 : 1);
        WriteHeader((byte)'*', parts);
        WriteText(name);
        WriteText(first);
        WriteText(second);
        WriteText(third);
        Count++;
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        WriteHeader((byte)'$', text.Length);
        EnsureRoom(text.Length + 2);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
        WriteLineEnd();
    }

    private void WriteHeader(byte type, int number)
    {
        EnsureRoom(MostHeaderBytes);
        _buffer[_length++] = type;
        var fits = Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var digits);
        Debug.Assert(fits, "room was made");
        _length += digits;
        WriteLineEnd();
    }

    private void WriteLineEnd()
    {
        _buffer[_length++] = (byte)'\r';
        _buffer[_length++] = (byte)'\n';
    }

    private void EnsureRoom(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_length + bytes, 2 * _buffer.Length));
    }
}
