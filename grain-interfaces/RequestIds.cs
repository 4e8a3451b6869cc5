using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Laurel.GrainInterfaces;

/// <summary>
/// Ids for requests: this process' own and a count, so that who has forgotten a request knows later ones from those it may have had.
/// As UUID version 8 (RFC 9562), big endian: 60 random bits of the process around the version, then 62 bits of count after the variant.
/// </summary>
public static class RequestIds
{
    private const ulong VersionBits = 0xF000;
    private const ulong Version8 = 0x8000;
    private const ulong Variant = 1UL << 63;

    private static readonly ulong Process =
        (BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) & ~VersionBits) | Version8;

    private static ulong _last;

    /// <summary>Stamps a request. To be called when it is about to be sent: one that arrives half a minute later is refused.</summary>
    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Process);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Variant | Interlocked.Increment(ref _last));
        return new Guid(bytes, bigEndian: true);
    }
}
