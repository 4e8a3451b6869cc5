using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Laurel.GrainInterfaces;

/// <summary>Reads little-endian fields one after the other; whatever the bytes are, the worst that comes of them is an <see cref="InvalidDataException"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public Guid ReadGuid() => new(Take(16));

    /// <summary>Reads a number of items of which each takes at least <paramref name="bytesEach"/> of what is left, so that nobody allocates for items that cannot be there.</summary>
    public int ReadCount(int bytesEach)
    {
        var count = ReadInt32();
        return (uint)count <= (uint)(_rest.Length / bytesEach) ? count : throw new InvalidDataException("A count exceeds the bytes that follow it.");
    }

    /// <summary>Reads fixed-size numbers (8, 32 or 64 bits) as they stand.</summary>
    public T[] ReadArray<T>(int count)
        where T : unmanaged
    {
        var items = new T[count];
        Take(checked(count * Unsafe.SizeOf<T>())).CopyTo(MemoryMarshal.AsBytes(items.AsSpan()));
        if (!BitConverter.IsLittleEndian) WireWriter.Swap(items.AsSpan());
        return items;
    }

    public string ReadText()
    {
        var utf8 = Take(ReadCount(1));
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("A text is not UTF-8.", e);
        }
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty) throw new InvalidDataException("There are bytes after the end.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count) throw new InvalidDataException("The bytes end too early.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
