using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Laurel.Ranking;

/// <summary>Hints that bring memory closer before it is needed. They never fault and change nothing but speed.</summary>
internal static class Cache
{
    /// <summary>Starts to load the cache line of <paramref name="target"/>; does nothing where the processor offers no such hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref readonly T target)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in target)));
        }
    }

    /// <summary>Starts to load every line that <paramref name="target"/> touches, from its first byte to its last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchAll<T>(ref readonly T target)
        where T : unmanaged
    {
        ref var first = ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in target));
        for (var at = 0; at < Unsafe.SizeOf<T>(); at += AlignedBytes.LineBytes)
        {
            Prefetch(ref Unsafe.Add(ref first, at));
        }

        Prefetch(ref Unsafe.Add(ref first, Unsafe.SizeOf<T>() - 1));
    }
}
