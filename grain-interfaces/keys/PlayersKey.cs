using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Laurel.GrainInterfaces;

/// <summary>Names one part of a tenant's players register: the key of its grain is <c>tenant/partition</c>.</summary>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Partition">0 to <see cref="Partitions"/> − 1.</param>
public readonly record struct PlayersKey(string Tenant, int Partition)
{
    /// <summary>How many parts a register has. Fixed for ever: the stored records do not move.</summary>
    public const int Partitions = 16;

    /// <summary>The part that keeps this player, by a hash of the id's UTF-8 bytes that never changes.</summary>
    public static PlayersKey Of(string tenant, string userId) => new(tenant, PartitionOf(Encoding.UTF8.GetBytes(userId)));

    /// <summary>The part's number for an id in UTF-8.</summary>
    public static int PartitionOf(ReadOnlySpan<byte> userId)
    {
        var crc = 0u;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(userId))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var single in userId[(userId.Length & ~3)..])
            crc = BitOperations.Crc32C(crc, single);
        return (int)(crc % Partitions);
    }

    /// <summary>Reads a grain's key back.</summary>
    public static PlayersKey Parse(string key)
    {
        var slash = key.IndexOf('/');
        return new(key[..slash], int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tenant}/{Partition}");
}
