using System.Runtime.InteropServices;

namespace Laurel.Storage.Writing;

/// <summary>Memory as the arrays that database drivers take.</summary>
public static class ByteArrays
{
    /// <summary>The array itself where the memory is a whole one, else a copy.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && array.Length == memory.Length
            ? array
            : memory.ToArray();
}
