using System.Numerics;
using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// A growing array of structs kept in pages: growth adds pages and never copies or moves an element, so a reference into the array
/// stays good for the array's life, and growing costs the same at ten elements as at ten million. The garbage collector sees a handful
/// of arrays without references in them.
/// </summary>
/// <remarks>
/// <para>Page sizes double from half a kilobyte to 128 KB and stay there: an array of ten elements costs little, and the share of a
/// large one that lies unused is bounded by one page. Every page starts on a cache line.</para>
/// <para>With s the size of the first page and p that of a full one, both powers of two, j = index + s has its highest bit in the page
/// it belongs to as long as j is below p; from there on, j / p counts full pages.</para>
/// </remarks>
/// <typeparam name="T">A struct without references, of at most 64 KB.</typeparam>
public sealed class PagedArray<T>
    where T : unmanaged
{
    private const int SmallestPageBytes = 512;
    private const int PageBytes = 128 * 1024;

    private static readonly int FirstShift = Math.Max(1, BitOperations.Log2((uint)(SmallestPageBytes / Unsafe.SizeOf<T>()) | 1));
    private static readonly int PageShift = Math.Max(FirstShift, BitOperations.Log2((uint)(PageBytes / Unsafe.SizeOf<T>()) | 1));

    private AlignedBytes[] _pages = [];

    /// <summary>How many elements there are room for without growing.</summary>
    public int Capacity { get; private set; }

    /// <summary>Bytes held, used or not.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>
    /// The element at <paramref name="index"/>, in constant time. An element that was never written is all zeros. The check of the
    /// bounds is that of the page: an index past <see cref="Capacity"/> throws, one below it is the caller's business.
    /// </summary>
    /// <exception cref="IndexOutOfRangeException">The index lies in no page.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var biased = (uint)index + (1u << FirstShift);
            if (biased >= 1u << PageShift)
            {
                var page = (int)(biased >> PageShift) + PageShift - FirstShift - 1;
                return ref At(page, biased & ((1u << PageShift) - 1));
            }

            var log = BitOperations.Log2(biased);
            return ref At(log - FirstShift, biased - (1u << log));
        }
    }

    /// <summary>Starts to bring an element into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int index) => Cache.PrefetchAll(ref this[index]);

    /// <summary>Makes room for <paramref name="count"/> elements. Costs the zeroing of the pages it adds.</summary>
    public void EnsureCapacity(int count)
    {
        while (Capacity < count)
        {
            AddPage();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T At(int page, uint offset) =>
        ref Unsafe.Add(ref Unsafe.As<byte, T>(ref _pages[page].First), offset);

    private void AddPage()
    {
        var elements = 1 << Math.Min(FirstShift + _pages.Length, PageShift);
        var bytes = elements * Unsafe.SizeOf<T>();
        // Of the pages there are and no more, so that the check of its bounds is that of all elements.
        _pages = [.. _pages, new AlignedBytes(bytes)];
        Capacity = (int)Math.Min((long)Capacity + elements, int.MaxValue);
        AllocatedBytes += bytes;
    }
}
