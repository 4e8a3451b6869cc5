using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Laurel.GrainInterfaces;

/// <summary>Writes little-endian fields one after the other into a span that was measured before.</summary>
internal ref struct WireWriter(Span<byte> bytes)
{
    private Span<byte> _rest = bytes;

    /// <summary>The bytes that <see cref="WriteText"/> takes.</summary>
    public static int Measure(string text) => sizeof(int) + Encoding.UTF8.GetByteCount(text);

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    public void WriteGuid(Guid value) => value.TryWriteBytes(Take(16));

    /// <summary>Writes fixed-size numbers (8, 32 or 64 bits) without their count.</summary>
    public void WriteArray<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        var target = Take(items.Length * Unsafe.SizeOf<T>());
        MemoryMarshal.AsBytes(items).CopyTo(target);
        if (!BitConverter.IsLittleEndian) Swap(MemoryMarshal.Cast<byte, T>(target));
    }

    /// <summary>Writes the UTF-8 length and the text.</summary>
    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteInt32(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>Turns numbers of 32 or 64 bits round; single bytes stay.</summary>
    internal static void Swap<T>(Span<T> items)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            var words = MemoryMarshal.Cast<T, int>(items);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (Unsafe.SizeOf<T>() == sizeof(long))
        {
            var words = MemoryMarshal.Cast<T, long>(items);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private Span<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
