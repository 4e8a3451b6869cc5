using System.Numerics;
using System.Runtime.InteropServices;

namespace Laurel.Storage;

/// <summary>The checksum of what is stored as a blob.</summary>
public static class Crc32C
{
    /// <summary>CRC-32C (Castagnoli) of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(data))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var single in data[(data.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, single);
        return ~crc;
    }
}
