using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// Finds a subject's slot by its id: an extendible hash table. A directory over the top bits of a keyed hash leads to tables of one or two
/// thousand subjects; each table grows by itself, by a quarter to three quarters, and splits in two when it has grown enough. So no
/// addition ever rebuilds more than one table (less than a millisecond, at any size), and since the tables grow at different times
/// and by little, between 5 and 6 bytes a subject suffice.
/// </summary>
/// <remarks>The index holds no ids: it reads them from the entries, which must hold a subject before it is added and after it is removed.</remarks>
internal sealed class SubjectIndex
{
    private const int LargestTable = 2000;
    private const int DeepestDirectory = 16;
    private const int Ahead = 32;

    /// <summary>Of equally likely tables of thousands, hardly any gets more than this against the mean.</summary>
    private const double Uneven = 1.08;

    private readonly EntryTable _entries;
    private readonly SipHash _hash = SipHash.Random();
    private IndexTable[] _directory;
    private int _depth;
    private uint _growths;

    /// <param name="entries">Holds the ids.</param>
    /// <param name="expected">Up to so many subjects hardly any table has to grow.</param>
    public SubjectIndex(EntryTable entries, int expected = 0)
    {
        _entries = entries;
        while (expected >> _depth >= LargestTable && _depth < DeepestDirectory)
        {
            _depth++;
        }

        _directory = new IndexTable[1 << _depth];
        for (var i = 0; i < _directory.Length; i++)
        {
            _directory[i] = NewTable(_depth, (expected >> _depth) * Uneven, expected);
        }
    }

    /// <summary>Bytes of the tables in use.</summary>
    public long AllocatedBytes { get; private set; }

    /// <returns>The slot of the subject, or −1.</returns>
    public int Find(ReadOnlySpan<byte> id)
    {
        var hash = _hash.Of(id);
        return TableOf(hash).Find(hash, id, _entries);
    }

    /// <summary>
    /// Finds many at once: id i lies between ends[i − 1] and ends[i] in <paramref name="ids"/>. The memory each search will need is
    /// asked for some searches ahead, so that the waits overlap.
    /// </summary>
    public void Find(ReadOnlySpan<byte> ids, ReadOnlySpan<int> ends, Span<int> slots)
    {
        Span<ulong> hashes = stackalloc ulong[Ahead];
        for (var from = 0; from < ends.Length; from += Ahead)
        {
            var count = Math.Min(Ahead, ends.Length - from);
            FindGroup(ids, from == 0 ? 0 : ends[from - 1], ends.Slice(from, count), hashes, slots.Slice(from, count));
        }
    }

    /// <summary>Adds a subject that is not there, under the id its entry holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int slot)
    {
        var hash = _hash.Of(_entries.IdOf(slot));
        var table = TableOf(hash);
        if (table.IsFull)
        {
            Rebuild(table, hash);
            table = TableOf(hash);
        }

        table.Add(hash, slot);
    }

    /// <summary>Removes a subject that is there, while its entry still holds its id.</summary>
    public void Remove(int slot)
    {
        var hash = _hash.Of(_entries.IdOf(slot));
        TableOf(hash).Remove(hash, slot);
    }

    private void FindGroup(ReadOnlySpan<byte> ids, int start, ReadOnlySpan<int> ends, Span<ulong> hashes, Span<int> slots)
    {
        for (int i = 0, at = start; i < ends.Length; at = ends[i++])
        {
            hashes[i] = _hash.Of(ids[at..ends[i]]);
            TableOf(hashes[i]).Prefetch(hashes[i]);
        }

        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = TableOf(hashes[i]).Guess(hashes[i]);
            if (slots[i] >= 0)
            {
                _entries.Prefetch(slots[i]);
            }
        }

        foreach (var slot in slots)
        {
            if (slot >= 0)
            {
                _entries.PrefetchId(slot);
            }
        }

        for (int i = 0, at = start; i < ends.Length; at = ends[i++])
        {
            var id = ids[at..ends[i]];
            if (slots[i] < 0 || !_entries.IdOf(slots[i]).SequenceEqual(id))
            {
                slots[i] = TableOf(hashes[i]).Find(hashes[i], id, _entries);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private IndexTable TableOf(ulong hash) => _directory[(int)(hash >> 1 >> (63 - _depth))];

    /// <summary>
    /// Replaces a full table by a larger one, or by two when it has grown enough. Each of two gets room for its half and a
    /// quarter: to exceed that the hashes of thousands would have to be off by a dozen standard deviations.
    /// </summary>
    private void Rebuild(IndexTable table, ulong hash)
    {
        AllocatedBytes -= table.WordCount * sizeof(uint);
        if (table.Count < LargestTable || table.Depth == DeepestDirectory)
        {
            var larger = NewGrownTable(table.Depth, table.Count);
            Move(table, larger, larger);
            Publish(hash, larger.Depth, larger);
            return;
        }

        if (table.Depth == _depth)
        {
            DoubleDirectory();
        }

        var splitBit = 1UL << (63 - table.Depth);
        var low = NewGrownTable(table.Depth + 1, table.Count / 2);
        var high = NewGrownTable(table.Depth + 1, table.Count / 2);
        Move(table, low, high);
        Publish(hash & ~splitBit, low.Depth, low);
        Publish(hash | splitBit, high.Depth, high);
    }

    /// <summary>
    /// A table with between a quarter and three quarters of spare room. The shares follow the golden ratio: whatever their number, the
    /// tables' sizes are spread evenly, and so are the moments when they grow next.
    /// </summary>
    private IndexTable NewGrownTable(int depth, int count)
    {
        var share = (_growths++ * 2654435769u) / (double)uint.MaxValue;
        return NewTable(depth, count * (1.25 + (0.5 * share)), _entries.SlotCapacity);
    }

    private IndexTable NewTable(int depth, double count, int slots)
    {
        var table = new IndexTable(depth, (int)count + 1, slots);
        AllocatedBytes += table.WordCount * sizeof(uint);
        return table;
    }

    /// <summary>Moves all subjects of a table into two others, by the bit of the hash that tells those apart.</summary>
    private void Move(IndexTable from, IndexTable low, IndexTable high)
    {
        Span<int> slots = stackalloc int[Ahead];
        var count = 0;
        for (var i = 0; i < from.WordCount; i++)
        {
            var slot = from.SlotAt(i);
            if (slot < 0)
            {
                continue;
            }

            _entries.Prefetch(slot);
            slots[count++] = slot;
            if (count == slots.Length)
            {
                Move(slots, from.Depth, low, high);
                count = 0;
            }
        }

        Move(slots[..count], from.Depth, low, high);
    }

    private void Move(ReadOnlySpan<int> slots, int depth, IndexTable low, IndexTable high)
    {
        foreach (var slot in slots)
        {
            _entries.PrefetchId(slot);
        }

        foreach (var slot in slots)
        {
            var hash = _hash.Of(_entries.IdOf(slot));
            ((hash >> (63 - depth) & 1) == 0 ? low : high).Add(hash, slot);
        }
    }

    private void DoubleDirectory()
    {
        var doubled = new IndexTable[_directory.Length * 2];
        for (var i = 0; i < doubled.Length; i++)
        {
            doubled[i] = _directory[i / 2];
        }

        _directory = doubled;
        _depth++;
    }

    private void Publish(ulong hash, int depth, IndexTable table)
    {
        var shared = _depth - depth;
        var first = (int)(hash >> 1 >> (63 - _depth)) >> shared << shared;
        _directory.AsSpan(first, 1 << shared).Fill(table);
        Debug.Assert(BitOperations.IsPow2(_directory.Length), "the directory covers every prefix");
    }
}
