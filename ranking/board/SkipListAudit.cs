namespace Laurel.Ranking;

/// <summary>Checks every invariant of a board's structures. Reads everything: for tests.</summary>
internal static class SkipListAudit
{
    /// <summary>Throws <see cref="InvalidOperationException"/> with the first invariant that does not hold.</summary>
    public static void Check(SkipList list, EntryTable entries)
    {
        var lanes = list.Lanes;
        Require(lanes.Blocks[lanes.Top].Next == -1, "the top lane is one block");
        var (span, _) = CheckBlock(lanes, lanes.Top, lanes.Height - 1, entries);
        Require(span == list.Count, "the spans add up to the count");
        CheckChains(lanes);
        CheckOrder(list, entries);
    }

    /// <summary>Entries a run could hold, were all of them full, against those it holds: the average fill, 0 to 1.</summary>
    public static double FillOf(SkipList list)
    {
        var runs = 0;
        var block = list.Lanes.Top;
        for (var lane = list.Lanes.Height - 1; lane > 0; lane--)
        {
            block = list.Lanes.Blocks[block].TargetAt(0);
        }

        for (; block >= 0; block = list.Lanes.Blocks[block].Next)
        {
            runs += list.Lanes.Blocks[block].Count;
        }

        return list.Count / (double)((long)runs * Run.Capacity);
    }

    private static (int Span, SortKey First) CheckBlock(Lanes lanes, int blockId, int lane, EntryTable entries)
    {
        ref var block = ref lanes.Blocks[blockId];
        Require(block.Count >= (blockId == lanes.Top ? 1 : 2), "a block has links");
        Require(blockId != lanes.Top || lane == 0 || block.Count > 1, "the top lane is needed");
        for (var i = 0; i < block.Count; i++)
        {
            var target = block.TargetAt(i);
            var (span, first) = lane > 0
                ? CheckBlock(lanes, target, lane - 1, entries)
                : CheckRun(ref lanes.Runs[target], entries, mayBeEmpty: lanes.Height == 1 && block.Count == 1);
            Require(span == block.SpanAt(i), "a span is the number of entries below");
            Require(span == 0 || first == block.KeyAt(i), "a link has the first key below");
        }

        var keys = new SortKey[block.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = block.KeyAt(i);
        }

        Require(block.Codes.AreOf(keys), "a block's codes are those of its keys, ascend and are padded");
        return (block.Span, block.KeyAt(0));
    }

    private static (int Span, SortKey First) CheckRun(ref Run run, EntryTable entries, bool mayBeEmpty)
    {
        Require(mayBeEmpty || run.Count > 0, "no run is empty");
        var keys = new SortKey[run.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = entries[run[i]].Key;
            Require((entries[run[i]].State & EntryState.Listed) != 0, "what is listed is marked as listed");
        }

        Require(run.Keys.AreOf(keys), "a run's codes are those of its keys, ascend and are padded");
        return (run.Count, run.Count == 0 ? default : keys[0]);
    }

    /// <summary>Each lane's chain visits its blocks in the order in which the lane above links to them.</summary>
    private static void CheckChains(Lanes lanes)
    {
        int[] above = [lanes.Top];
        for (var lane = lanes.Height - 1; lane > 0; lane--)
        {
            var below = above.SelectMany(id => Enumerable.Range(0, lanes.Blocks[id].Count), (id, i) => lanes.Blocks[id].TargetAt(i)).ToArray();
            for (var i = 0; i < below.Length; i++)
            {
                Require(lanes.Blocks[below[i]].Next == (i + 1 < below.Length ? below[i + 1] : -1), "blocks are chained in order");
            }

            above = below;
        }
    }

    private static void CheckOrder(SkipList list, EntryTable entries)
    {
        var slots = new int[list.Count];
        Require(list.Walk(0, slots) == slots.Length, "a walk meets every entry");
        for (var i = 1; i < slots.Length; i++)
        {
            Require(entries.Compare(entries.ProbeOf(slots[i - 1]), slots[i]) < 0, "entries are in order");
        }
    }

    private static void Require(bool holds, string invariant)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken: {invariant}.");
        }
    }
}
