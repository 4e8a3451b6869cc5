namespace Laurel.Ranking;

// An indexable skip list, unrolled on every lane.
//
// What it is. Pugh's skip list ("Skip Lists: A Probabilistic Alternative to Balanced Trees", 1990) is a sorted linked list under
// express lanes: lists of links that pass over more and more of it. A search runs along a lane until the next link would overshoot,
// goes down a lane, and so on. In the indexable variant ("A Skip List Cookbook", section 3.4) every link knows its span, how many
// entries it passes over; the sum of the spans a search took is the rank of where it ends. That is all a leaderboard needs.
//
// Where it departs from Pugh, and why. At a million entries the cost is neither comparisons nor instructions but cache misses, some
// 90 ns each, and a search that visits one entry per step misses at nearly every step.
//
//   * Unrolled at the bottom. The sorted list is a list of runs of up to 80 entries, held as slots. Beside each slot stands a 16-bit
//     code of its key (see KeyFrame), and all codes of a run are compared at once, with vectors. A search reads another entry only
//     where codes are equal, which is rare.
//   * Keys travel with links. A link carries the first key of what it leads to, so the lanes are searched without touching what they
//     link to, let alone the entries; by codes as well, so a block of 2 KB costs a search six of its 32 cache lines.
//   * Unrolled on the lanes too. Each lane is a linked list of blocks of up to 76 links, and the lane above has one link for each
//     block. Runs and blocks are so wide that a million entries have three lanes, of which all but a few hundred kilobytes are the
//     bottom's: they stay in the second-level cache, and an update waits for two runs and little else.
//   * Deterministic. Pugh draws each entry's height by lot, so that updates stay local. With wide blocks, local balancing is cheaper
//     than luck: this is the deterministic skip list of Munro, Papadakis and Sedgewick (1992) in their array form, with gaps of 19 to
//     76 instead of 1 to 3. Nothing is left to chance, so no choice of scores by players can make it slow. (Who sees a B+ tree with
//     counts here is right as well: that paper shows the two to be one family.)
//   * No backward links. Ranks count from the front, and a page from the other end is a page at another offset.
//
// Order. By (score image, time, id), see ScoreOrder; ids are unique, so the order is total.
//
// Invariants (SkipListAudit checks them all).
//   1. The runs, in lane order, hold every listed slot once, in order. No run is empty unless the list is.
//   2. A run's codes are those of its frame, ascend, and are padded with the highest code.
//   3. A link's span is the number of entries below it, its key that of the first of them, exactly. So after an entry at the head of
//      a run changes, the keys on the path are set; and an insertion at the head of a run happens only at the head of the list.
//   4. Blocks of a lane are chained by Next in order; the top lane is one block. No block but the top one has fewer than two links.
//   5. Entries do not change their key while they are listed.
//
// Who owns what. The list owns runs and blocks. Entries and ids belong to the EntryTable; the list refers to them by slot and reads
// them when codes or keys do not decide. Runs and blocks never move in memory, but what they hold moves between them at will: nobody
// outside keeps a position.
//
// Cost. With n entries: insert, remove, position, count before a key: O(log n) with a base of about 60, in practice three or four
// blocks and one run. Walking k entries: the same and k. Nothing is allocated but pages of runs and blocks, when the list grows.
// A full run first spills into a neighbour, and only when both are nearly full do two become three; sparse runs are joined. That keeps
// runs filled to about four fifths: some 8 bytes an entry for the whole list.

/// <summary>
/// The order of a board's listed entries, by rank. Single-threaded. Positions are 0-based. See the essay at the head of the file.
/// </summary>
internal sealed class SkipList
{
    /// <summary>A bulk load leaves this much room in every run and block, so that the first updates after it find some.</summary>
    private const int LoadedRun = Run.Capacity * 85 / 100;
    private const int LoadedBlock = LinkBlock.Capacity * 3 / 4;

    private readonly EntryTable _entries;
    private readonly Lanes _lanes;
    private readonly LaneBalance _balance;

    public SkipList(EntryTable entries)
    {
        _entries = entries;
        _lanes = new Lanes(entries);
        _balance = new LaneBalance(_lanes, entries);
    }

    public int Count { get; private set; }

    public long AllocatedBytes => _lanes.AllocatedBytes;

    internal Lanes Lanes => _lanes;

    /// <summary>Lists a slot under its entry's key; it must not be listed. Returns its position.</summary>
    public int Insert(int slot)
    {
        var probe = _entries.ProbeOf(slot);
        var run = _lanes.Descend(probe, out var before);
        var index = IndexOf(ref _lanes.Runs[run], probe);
        while (_lanes.Runs[run].Count == Run.Capacity)
        {
            _balance.MakeRoom(index);
            run = _lanes.Descend(probe, out before);
            index = IndexOf(ref _lanes.Runs[run], probe);
        }

        _lanes.Runs[run].Insert(index, slot, probe.Key);
        _lanes.AddToSpans(1);
        if (index == 0)
        {
            _lanes.SetFirstKey(probe.Key);
        }

        Count++;
        return before + index;
    }

    /// <summary>Takes a listed slot out.</summary>
    public void Remove(int slot)
    {
        var probe = _entries.ProbeOf(slot);
        ref var run = ref _lanes.Runs[_lanes.Descend(probe, out _)];
        var index = run.IndexOf(slot, probe.Key);
        run.RemoveAt(index);
        _lanes.AddToSpans(-1);
        Count--;
        if (index == 0 && run.Count > 0)
        {
            _lanes.SetFirstKey(_entries[run[0]].Key);
        }

        _balance.Tidy();
    }

    /// <summary>The position of a listed slot.</summary>
    public int PositionOf(int slot)
    {
        var probe = _entries.ProbeOf(slot);
        ref var run = ref _lanes.Runs[_lanes.Descend(probe, out var before)];
        return before + run.IndexOf(slot, probe.Key);
    }

    /// <summary>How many entries are ahead of a point in the order.</summary>
    public int CountBefore(scoped in Probe probe)
    {
        ref var run = ref _lanes.Runs[_lanes.Descend(probe, out var before)];
        return before + IndexOf(ref run, probe);
    }

    /// <summary>Copies the slots from a position on. Returns how many there were, at most as many as fit.</summary>
    public int Walk(int position, Span<int> slots)
    {
        if (position >= Count)
        {
            return 0;
        }

        var run = _lanes.DescendTo(ref position);
        return CopyFrom(run, position, slots);
    }

    /// <summary>Copies the slots at and after a point in the order. Returns how many there were, at most as many as fit.</summary>
    public int WalkFrom(scoped in Probe probe, Span<int> slots)
    {
        var run = _lanes.Descend(probe, out _);
        return CopyFrom(run, IndexOf(ref _lanes.Runs[run], probe), slots);
    }

    /// <summary>Starts to bring what an update at a point in the order reads and writes into the cache.</summary>
    public void Prefetch(scoped in Probe probe) => _lanes.Prefetch(probe);

    /// <summary>Replaces the list by these slots, which are in order. O(n), and reads every entry.</summary>
    public void Build(ReadOnlySpan<int> sorted)
    {
        Count = sorted.Length;
        if (sorted.IsEmpty)
        {
            _lanes.Reset();
            return;
        }

        _lanes.Clear();
        var level = BuildRuns(sorted);
        var lane = 0;
        do
        {
            level = BuildLane(level, lane++);
        }
        while (level.Length > 1);
    }

    private Link[] BuildRuns(ReadOnlySpan<int> sorted)
    {
        var links = new Link[(sorted.Length + LoadedRun - 1) / LoadedRun];
        Span<SortKey> keys = stackalloc SortKey[Run.Capacity];
        for (var i = 0; i < links.Length; i++)
        {
            var slots = Share(sorted, i, links.Length);
            foreach (var slot in slots)
            {
                _entries.Prefetch(slot);
            }

            for (var j = 0; j < slots.Length; j++)
            {
                keys[j] = _entries[slots[j]].Key;
            }

            var run = _lanes.NewRun();
            _lanes.Runs[run].Fill(slots, keys[..slots.Length]);
            links[i] = new Link(keys[0], slots.Length, run);
        }

        return links;
    }

    private Link[] BuildLane(ReadOnlySpan<Link> below, int lane)
    {
        var links = new Link[(below.Length + LoadedBlock - 1) / LoadedBlock];
        var next = -1;
        for (var i = links.Length - 1; i >= 0; i--)
        {
            var share = Share(below, i, links.Length);
            next = _lanes.NewBlock(next);
            ref var block = ref _lanes.Blocks[next];
            block.InsertGap(0, share.Length);
            for (var j = 0; j < share.Length; j++)
            {
                block.Set(j, share[j].Key, share[j].Span, share[j].Target);
            }

            block.Fit();
            links[i] = new Link(share[0].Key, block.Span, next);
        }

        _lanes.SetTop(next, height: lane + 1);
        return links;
    }

    private static ReadOnlySpan<T> Share<T>(ReadOnlySpan<T> all, int index, int shares)
    {
        var start = (int)((long)all.Length * index / shares);
        return all[start..(int)((long)all.Length * (index + 1) / shares)];
    }

    /// <summary>The number of entries of a run that are ahead of the probe.</summary>
    private int IndexOf(ref Run run, scoped in Probe probe)
    {
        run.Keys.Locate(probe.Key, out var from, out var to);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _entries.Compare(probe, run[middle]) > 0 ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    /// <summary>Copies from an index in the run at the end of the path, along lane 0.</summary>
    private int CopyFrom(int run, int index, Span<int> slots)
    {
        var (blockId, link) = _lanes.PathAt(0);
        var copied = 0;
        while (true)
        {
            var rest = _lanes.Runs[run].Slots[index..];
            rest = rest[..Math.Min(rest.Length, slots.Length - copied)];
            rest.CopyTo(slots[copied..]);
            copied += rest.Length;
            index = 0;
            if (++link == _lanes.Blocks[blockId].Count)
            {
                blockId = _lanes.Blocks[blockId].Next;
                link = 0;
            }

            if (copied == slots.Length || blockId < 0)
            {
                return copied;
            }

            run = _lanes.Blocks[blockId].TargetAt(link);
        }
    }

    private readonly record struct Link(SortKey Key, int Span, int Target);
}
