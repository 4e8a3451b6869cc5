namespace Laurel.Ranking;

/// <summary>A point in a board's order: that of an entry, or one between entries. An empty id is ahead of all others of its key.</summary>
internal readonly ref struct Probe(SortKey key, ReadOnlySpan<byte> id)
{
    public readonly SortKey Key = key;

    public readonly ReadOnlySpan<byte> Id = id;
}
