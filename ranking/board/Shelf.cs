using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Laurel.Ranking;

/// <summary>
/// Moves the tail of a short array by one place, a vector at a time. An overlapping copy of the base class library does that through
/// the C library, which for a few hundred bytes costs more in calls and mispredicted sizes than in moving.
/// </summary>
/// <remarks>
/// The array's capacity is a multiple of the vector's, and memory one element ahead of it and one behind it may be read. What is past
/// the count moves along, as far as the last vector reaches: it is of no meaning.
/// </remarks>
internal static class Shelf
{
    /// <summary>Moves the elements from <paramref name="index"/> to <paramref name="count"/> up by one; the place is the caller's to fill.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Open<T>(ref T first, int index, int count)
        where T : unmanaged, INumberBase<T>
    {
        Debug.Assert(index <= count, "the index is in the array or at its end");
        var at = count & -Vector256<T>.Count;
        for (; at > index; at -= Vector256<T>.Count)
        {
            Vector256.LoadUnsafe(ref Unsafe.Add(ref first, at - 1)).StoreUnsafe(ref first, (nuint)at);
        }

        ref var start = ref Unsafe.Add(ref first, at);
        var moved = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, -1));
        Vector256.ConditionalSelect(AtOrAfter<T>(index + 1 - at), moved, Vector256.LoadUnsafe(ref start)).StoreUnsafe(ref start);
    }

    /// <summary>Moves the elements behind <paramref name="index"/> down by one, over it. What is left of the last one is of no meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Close<T>(ref T first, int index, int count)
        where T : unmanaged, INumberBase<T>
    {
        Debug.Assert(index < count, "the index is in the array");
        var at = index & -Vector256<T>.Count;
        ref var start = ref Unsafe.Add(ref first, at);
        var moved = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, 1));
        Vector256.ConditionalSelect(AtOrAfter<T>(index - at), moved, Vector256.LoadUnsafe(ref start)).StoreUnsafe(ref start);
        for (at += Vector256<T>.Count; at < count; at += Vector256<T>.Count)
        {
            Vector256.LoadUnsafe(ref Unsafe.Add(ref first, at + 1)).StoreUnsafe(ref first, (nuint)at);
        }
    }

    /// <summary>All ones in the elements of a vector from <paramref name="index"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> AtOrAfter<T>(int index)
        where T : unmanaged, INumberBase<T> =>
        Vector256.GreaterThanOrEqual(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(index)));
}
