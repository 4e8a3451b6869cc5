using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// What became of scores that were sent with an idempotency key: unique per board, across its windows, for 24 hours. The store keeps
/// them as marks, written in the transaction of the scores themselves; those under way are kept here.
/// </summary>
internal sealed class IdempotencyKeys(ActivationContext context)
{
    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private readonly string _scope = ScopeOf(SeasonKey.Parse(context.Key));
    private readonly Dictionary<Hash, Use> _underWay = [];
    private readonly Dictionary<ChangeSet, List<Hash>> _bySet = [];

    /// <summary>Reads from the store what became of the keys of a batch.</summary>
    /// <returns>One per score; null where there is no key or it was not used. The whole is null when no score has a key.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<Use?[]?> FindAsync(ScoreBatch batch)
    {
        if (batch.Extras is not { } extras || !extras.Any(HasKey))
            return null;
        var keys = extras.Where(HasKey).Select(extra => Hash.Of(extra!.IdempotencyKey!).ToArray());
        var found = new Queue<byte[]?>(await context.Store.Journals.FindMarksAsync(_scope, [.. keys]));
        return [.. extras.Select(extra => HasKey(extra) && found.Dequeue() is { } mark ? Use.Read(mark) : null)];
    }

    /// <summary>What became of this key a moment ago, when that is not durable yet.</summary>
    public Use? UnderWay(string key) => _underWay.TryGetValue(Hash.Of(key), out var use) ? use : null;

    /// <summary>Keeps what became of a score, to be written with the set.</summary>
    public void Keep(ChangeSet set, string key, Use use)
    {
        var hash = Hash.Of(key);
        set.Add(new Mark(_scope, hash.ToArray(), use.ToArray(), context.Clock.GetUtcNow() + Retention));
        _underWay[hash] = use;
        if (!_bySet.TryGetValue(set, out var hashes))
            _bySet[set] = hashes = [];
        hashes.Add(hash);
    }

    /// <summary>The set is in the store, or gone: its keys are not under way any more.</summary>
    public void Settle(ChangeSet set)
    {
        if (!_bySet.Remove(set, out var hashes))
            return;
        foreach (var hash in hashes)
            _underWay.Remove(hash);
    }

    private static string ScopeOf(SeasonKey season) => FormattableString.Invariant($"idempotency/{season.Leaderboard}@{season.Incarnation}");

    private static bool HasKey(ScoreExtra? extra) => extra?.IdempotencyKey is not null;

    /// <summary>What became of one key: 8 bytes fingerprint, then the standing with a bit for each of its parts.</summary>
    public sealed record Use(ulong Fingerprint, ScoreStanding Standing)
    {
        private const int Bytes = 33;

        public byte[] ToArray()
        {
            var bytes = new byte[Bytes];
            var parts = (Standing.PreviousScore is null ? 0 : 1) | (Standing.Score is null ? 0 : 2)
                | (Standing.PreviousRank is null ? 0 : 4) | (Standing.Rank is null ? 0 : 8);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Fingerprint);
            bytes[8] = (byte)parts;
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(9), Standing.PreviousScore ?? 0);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(17), Standing.Score ?? 0);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(25), Standing.PreviousRank ?? 0);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(29), Standing.Rank ?? 0);
            return bytes;
        }

        public static Use Read(ReadOnlySpan<byte> bytes)
        {
            var parts = bytes[8];
            return new Use(BinaryPrimitives.ReadUInt64LittleEndian(bytes), new ScoreStanding(
                (parts & 1) == 0 ? null : BinaryPrimitives.ReadDoubleLittleEndian(bytes[9..]),
                (parts & 2) == 0 ? null : BinaryPrimitives.ReadDoubleLittleEndian(bytes[17..]),
                (parts & 4) == 0 ? null : BinaryPrimitives.ReadInt32LittleEndian(bytes[25..]),
                (parts & 8) == 0 ? null : BinaryPrimitives.ReadInt32LittleEndian(bytes[29..])));
        }
    }

    /// <summary>The first 128 bits of a key's SHA-256: whatever keys clients choose, they take the same room.</summary>
    private readonly record struct Hash(ulong Low, ulong High)
    {
        public static Hash Of(string key)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
            return new Hash(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]));
        }

        public byte[] ToArray()
        {
            var bytes = new byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Low);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), High);
            return bytes;
        }
    }
}
