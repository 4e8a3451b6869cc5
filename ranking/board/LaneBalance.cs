namespace Laurel.Ranking;

/// <summary>
/// Keeps the runs and blocks of a skip list well filled. Each step leaves the list in order, with the path of the last descent out of
/// date: who needs room descends again and asks again, until there is some.
/// </summary>
internal sealed class LaneBalance(Lanes lanes, EntryTable entries)
{
    /// <summary>A neighbour is worth spilling into when it takes at least half as many entries.</summary>
    private const int WorthSpilling = 8;

    private const int FewestEntries = Run.Capacity * 6 / 10;
    private const int FullEntries = Run.Capacity * 9 / 10;
    private const int PackedEntries = Run.Capacity * 95 / 100;
    private const int FewestLinks = LinkBlock.Capacity / 4;
    private const int FullLinks = LinkBlock.Capacity * 3 / 4;
    private const int MostRunsAtOnce = 3;

    private readonly int[] _slots = new int[MostRunsAtOnce * Run.Capacity];
    private readonly SortKey[] _keys = new SortKey[MostRunsAtOnce * Run.Capacity];

    /// <summary>
    /// Takes one step towards room for an insertion at <paramref name="at"/> in the full run at the end of the path: spills into a
    /// neighbour, splits two full runs into three, or splits a full block so that the next step can.
    /// </summary>
    public void MakeRoom(int at)
    {
        var (blockId, index) = lanes.PathAt(0);
        ref var block = ref lanes.Blocks[blockId];
        var shape = at == Run.Capacity ? Shape.RoomBehind : at == 0 ? Shape.RoomAhead : Shape.Even;
        var neighbour = shape == Shape.RoomBehind && index > 0 ? index - 1 : EmptierNeighbour(ref block, index);
        var hasNeighbour = neighbour != index;
        if (hasNeighbour && block.SpanAt(neighbour) <= Run.Capacity - WorthSpilling)
        {
            Redistribute(ref block, Math.Min(index, neighbour), from: 2, to: 2, shape);
        }
        else if (block.Count == LinkBlock.Capacity)
        {
            SplitBlock(lane: 0);
        }
        else
        {
            Redistribute(ref block, Math.Min(index, neighbour), from: hasNeighbour ? 2 : 1, to: hasNeighbour ? 3 : 2, shape);
        }
    }

    /// <summary>Joins the run at the end of the path with its neighbours if it has become sparse.</summary>
    public void Tidy()
    {
        var (blockId, index) = lanes.PathAt(0);
        ref var block = ref lanes.Blocks[blockId];
        var count = block.SpanAt(index);
        if (count >= FewestEntries || block.Count == 1)
        {
            return;
        }

        var neighbour = EmptierNeighbour(ref block, index);
        if (count + block.SpanAt(neighbour) <= FullEntries)
        {
            Redistribute(ref block, Math.Min(index, neighbour), from: 2, to: 1, Shape.Even);
        }
        else if (block.Count >= 3 && SpanOfThree(ref block, index, out var first) <= 2 * FullEntries)
        {
            Redistribute(ref block, first, from: 3, to: 2, Shape.Even);
        }
        else if (count < FewestEntries / 2)
        {
            Redistribute(ref block, Math.Min(index, neighbour), from: 2, to: 2, Shape.Even);
        }

        TidyBlock(lane: 0);
    }

    private static int EmptierNeighbour(ref LinkBlock block, int index)
    {
        var hasLeft = index > 0;
        var hasRight = index < block.Count - 1;
        return hasLeft && (!hasRight || block.SpanAt(index - 1) <= block.SpanAt(index + 1)) ? index - 1
            : hasRight ? index + 1
            : index;
    }

    private static int SpanOfThree(ref LinkBlock block, int index, out int first)
    {
        first = Math.Clamp(index - 1, 0, block.Count - 3);
        return block.SpanAt(first) + block.SpanAt(first + 1) + block.SpanAt(first + 2);
    }

    /// <summary>
    /// Spreads the entries of neighbouring runs over so many runs, and fits their frames anew. Reads every entry concerned.
    /// </summary>
    private void Redistribute(ref LinkBlock block, int first, int from, int to, Shape shape)
    {
        var total = Gather(ref block, first, from);
        if (to > from)
        {
            block.InsertGap(first + from, to - from);
            for (var i = from; i < to; i++)
            {
                block.Set(first + i, default, 0, lanes.NewRun());
            }
        }
        else if (to < from)
        {
            for (var i = to; i < from; i++)
            {
                lanes.FreeRun(block.TargetAt(first + i));
            }

            block.RemoveRange(first + to, from - to);
        }

        for (var i = 0; i < to; i++)
        {
            var start = StartOf(i, to, total, shape);
            var count = StartOf(i + 1, to, total, shape) - start;
            var run = block.TargetAt(first + i);
            lanes.Runs[run].Fill(_slots.AsSpan(start, count), _keys.AsSpan(start, count));
            block.Set(first + i, _keys[start], count, run);
        }

        block.Fit();
    }

    /// <summary>Where the entries of a run start, of so many runs that share so many entries.</summary>
    private static int StartOf(int run, int runs, int total, Shape shape) => shape switch
    {
        _ when run == 0 => 0,
        _ when run == runs => total,
        Shape.RoomBehind => Math.Min(run * PackedEntries, total - runs + run),
        Shape.RoomAhead => Math.Max(run, total - ((runs - run) * PackedEntries)),
        _ => total * run / runs,
    };

    private int Gather(ref LinkBlock block, int first, int runs)
    {
        var total = 0;
        for (var i = first; i < first + runs; i++)
        {
            var slots = lanes.Runs[block.TargetAt(i)].Slots;
            slots.CopyTo(_slots.AsSpan(total));
            total += slots.Length;
        }

        for (var i = 0; i < total; i++)
        {
            entries.Prefetch(_slots[i]);
        }

        for (var i = 0; i < total; i++)
        {
            _keys[i] = entries[_slots[i]].Key;
        }

        return total;
    }

    /// <summary>Splits the block of a lane that the path passes through, or a full one above it first.</summary>
    private void SplitBlock(int lane)
    {
        if (lane == lanes.Height - 1)
        {
            lanes.AddLane();
        }

        var (parentId, index) = lanes.PathAt(lane + 1);
        ref var parent = ref lanes.Blocks[parentId];
        if (parent.Count == LinkBlock.Capacity)
        {
            SplitBlock(lane + 1);
            return;
        }

        ref var block = ref lanes.Blocks[parent.TargetAt(index)];
        block.Codes.Next = lanes.NewBlock(block.Next);
        parent.InsertGap(index + 1, 1);
        parent.Set(index + 1, default, 0, block.Next);
        Balance(ref parent, index, block.Count / 2);
    }

    /// <summary>Joins or evens out the block of a lane that the path passes through, if it has become sparse; then those above.</summary>
    private void TidyBlock(int lane)
    {
        ref var block = ref lanes.Blocks[lanes.PathAt(lane).Block];
        if (lane == lanes.Height - 1)
        {
            if (block.Count == 1 && lane > 0)
            {
                lanes.DropLane();
            }

            return;
        }

        if (block.Count >= FewestLinks)
        {
            return;
        }

        var (parentId, index) = lanes.PathAt(lane + 1);
        ref var parent = ref lanes.Blocks[parentId];
        if (parent.Count > 1)
        {
            var first = Math.Max(0, index - 1);
            var total = lanes.Blocks[parent.TargetAt(first)].Count + lanes.Blocks[parent.TargetAt(first + 1)].Count;
            if (total <= FullLinks)
            {
                Balance(ref parent, first, total);
                ref var joined = ref lanes.Blocks[parent.TargetAt(first)];
                var emptied = joined.Next;
                joined.Codes.Next = lanes.Blocks[emptied].Next;
                parent.RemoveRange(first + 1, 1);
                parent.Fit();
                lanes.FreeBlock(emptied);
            }
            else
            {
                Balance(ref parent, first, total / 2);
            }
        }

        TidyBlock(lane + 1);
    }

    /// <summary>Gives the block behind a link <paramref name="count"/> of its own and its successor's links, the successor the rest.</summary>
    private void Balance(ref LinkBlock parent, int index, int count)
    {
        ref var left = ref lanes.Blocks[parent.TargetAt(index)];
        ref var right = ref lanes.Blocks[parent.TargetAt(index + 1)];
        left.Balance(ref right, count);
        parent.AddToSpan(index, left.Span - parent.SpanAt(index));
        parent.Set(index + 1, right.KeyAt(0), right.Span, parent.TargetAt(index + 1));
        parent.Fit();
    }

    /// <summary>
    /// Where the room goes. An insertion at the end of a run is likely to be one of many, such as the latest of equal scores: with even
    /// shares these would leave nothing but half-empty runs behind.
    /// </summary>
    private enum Shape
    {
        Even,
        RoomBehind,
        RoomAhead,
    }
}
