using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laurel.Ranking;

/// <summary>
/// A block of bytes that starts on a cache line and never moves. The reference it hands out is tracked by the garbage collector, so
/// a block lives as long as anybody looks at it. Vectors may read up to a line past its end, and find anything there.
/// </summary>
internal readonly struct AlignedBytes
{
    public const int LineBytes = 64;

    // Keeps alive what the address points to.
    private readonly byte[] _bytes;
    private readonly nint _first;

    /// <summary>Allocates <paramref name="length"/> zeroed bytes.</summary>
    public unsafe AlignedBytes(int length)
    {
        _bytes = GC.AllocateArray<byte>(length + (2 * LineBytes), pinned: true);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        _first = (address + LineBytes - 1) & -LineBytes;
    }

    /// <summary>The first byte. Precondition: the block was allocated.</summary>
    public unsafe ref byte First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<byte>((void*)_first);
    }
}
