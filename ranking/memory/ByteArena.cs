using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laurel.Ranking;

/// <summary>
/// Storage for many short texts: ids, names, metadata. A text is known by a 32-bit handle and a length that its owner keeps; the arena
/// adds no header to it. Freed room is reused for texts of the same size class. Nothing moves, and the garbage collector has only the
/// chunks to see.
/// </summary>
/// <remarks>
/// A handle counts in units of 8 bytes: its upper 18 bits name a chunk, its lower 14 a unit in it, 32 GB in all. Size classes are the
/// multiples of 8 up to 64, then four to each doubling, so at most a fifth of a text is lost (7 bytes of a short one). A free block
/// holds the handle of the next one of its class in its first four bytes.
/// </remarks>
public sealed class ByteArena
{
    /// <summary>The longest text, in bytes.</summary>
    public const int LongestText = UnitsPerChunk * UnitBytes;

    private const int UnitBytes = 8;
    private const int UnitShift = 14;
    private const int UnitsPerChunk = 1 << UnitShift;
    private const int MostChunks = 1 << (32 - UnitShift);
    private const int SmallestChunkBytes = 1024;
    private const uint None = uint.MaxValue;

    private readonly uint[] _free = new uint[ClassOf(UnitsPerChunk) + 1];
    private AlignedBytes[] _chunks = [];
    private int _chunkCount;
    private int _nextUnit;
    private int _endUnit;

    public ByteArena() => Array.Fill(_free, None);

    /// <summary>Bytes held, used or not.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Copies <paramref name="text"/> in, in constant time and without allocating but for a new chunk now and then.</summary>
    /// <returns>The handle. An empty text has one too, and need not be freed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The text is longer than <see cref="LongestText"/>.</exception>
    /// <exception cref="InvalidOperationException">The arena is full (32 GB).</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public uint Add(ReadOnlySpan<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        if (text.IsEmpty)
        {
            return 0;
        }

        var handle = Take(UnitsOf(text.Length));
        text.CopyTo(MemoryMarshal.CreateSpan(ref At(handle), text.Length));
        return handle;
    }

    /// <summary>The text, in place: it is good until the text is freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Read(uint handle, int length) =>
        length == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref At(handle), length);

    /// <summary>Gives the room of a text back. Precondition: handle and length are those of a text that was not freed before.</summary>
    public void Free(uint handle, int length)
    {
        if (length == 0)
        {
            return;
        }

        var sizeClass = ClassOf(UnitsOf(length));
        Debug.Assert(_free[sizeClass] != handle, "freed twice");
        Unsafe.WriteUnaligned(ref At(handle), _free[sizeClass]);
        _free[sizeClass] = handle;
    }

    /// <summary>Starts to bring the beginning of a text into the cache. 0 does for no text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(uint handle)
    {
        if (_chunkCount > 0)
        {
            Cache.Prefetch(ref At(handle));
        }
    }

    private static int UnitsOf(int length)
    {
        var units = (length + UnitBytes - 1) / UnitBytes;
        return UnitsOfClass(ClassOf(units));
    }

    /// <summary>Classes 0 to 7 are 1 to 8 units; after that each quarter of a doubling is one.</summary>
    private static int ClassOf(int units)
    {
        if (units <= 8)
        {
            return units - 1;
        }

        var log = BitOperations.Log2((uint)(units - 1));
        return 8 + ((log - 3) * 4) + (((units - 1) >> (log - 2)) & 3);
    }

    private static int UnitsOfClass(int sizeClass)
    {
        if (sizeClass < 8)
        {
            return sizeClass + 1;
        }

        var (doubling, quarter) = Math.DivRem(sizeClass - 8, 4);
        return (5 + quarter) << (doubling + 1);
    }

    private uint Take(int units)
    {
        ref var head = ref _free[ClassOf(units)];
        if (head != None)
        {
            var handle = head;
            head = Unsafe.ReadUnaligned<uint>(ref At(handle));
            return handle;
        }

        while (_endUnit - _nextUnit < units)
        {
            AddChunk();
        }

        var unit = _nextUnit;
        _nextUnit += units;
        return ((uint)(_chunkCount - 1) << UnitShift) | (uint)unit;
    }

    /// <summary>The rest of the chunk before is lost; it is smaller than the text that did not fit.</summary>
    private void AddChunk()
    {
        if (_chunkCount == MostChunks)
        {
            throw new InvalidOperationException("The arena is full.");
        }

        var bytes = (int)Math.Min((long)SmallestChunkBytes << Math.Min(_chunkCount, UnitShift), LongestText);
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, _chunkCount * 2));
        }

        _chunks[_chunkCount++] = new AlignedBytes(bytes);
        AllocatedBytes += bytes;
        _nextUnit = 0;
        _endUnit = bytes / UnitBytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(uint handle) =>
        ref Unsafe.Add(ref _chunks[handle >> UnitShift].First, (handle & (UnitsPerChunk - 1)) * UnitBytes);
}
