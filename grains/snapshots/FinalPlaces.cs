using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Laurel.Grains;

/// <summary>
/// Where each player stands in final standings, found by one read: buckets by a hash of the user id, each a sorted list of hashes (8 bytes) with ranks (4).
/// </summary>
internal static class FinalPlaces
{
    private const int EntrySize = 12;
    private const int BucketEntries = 2048;

    /// <summary>How many buckets so many entries make.</summary>
    public static int Buckets(int total) => (total + BucketEntries - 1) / BucketEntries;

    /// <summary>Part of the stored format.</summary>
    public static ulong HashOf(string userId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(userId), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>The bucket of a hash.</summary>
    public static int BucketOf(ulong hash, int buckets) => (int)Math.BigMul(hash, (ulong)buckets, out _);

    /// <summary>The bytes of a bucket.</summary>
    public static byte[] Write(List<(ulong Hash, int Rank)> places)
    {
        places.Sort();
        var bytes = new byte[places.Count * EntrySize];
        for (var i = 0; i < places.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * EntrySize), places[i].Hash);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * EntrySize + 8), places[i].Rank);
        }

        return bytes;
    }

    /// <summary>The ranks that stand for a hash: one, or none, or by an accident of hashes several.</summary>
    public static IEnumerable<int> RanksOf(byte[] bucket, ulong hash)
    {
        var (least, end) = (0, bucket.Length / EntrySize);
        while (least < end)
        {
            var middle = (least + end) / 2;
            if (HashAt(bucket, middle) < hash) least = middle + 1;
            else end = middle;
        }

        for (; least < bucket.Length / EntrySize && HashAt(bucket, least) == hash; least++)
            yield return BinaryPrimitives.ReadInt32LittleEndian(bucket.AsSpan(least * EntrySize + 8));
    }

    private static ulong HashAt(byte[] bucket, int index) => BinaryPrimitives.ReadUInt64LittleEndian(bucket.AsSpan(index * EntrySize));
}
