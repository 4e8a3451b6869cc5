using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// The runs and link blocks of a <see cref="SkipList"/>, and the way down through them. Lane 0 links to runs, lane n to blocks of lane
/// n − 1; the top lane is a single block. Remembers the last way down, which those that change the list then walk back up.
/// </summary>
internal sealed class Lanes
{
    private const int None = -1;

    /// <summary>A block of a lane has at least 19 links, so no list gets near this.</summary>
    private const int MostLanes = 12;

    private readonly EntryTable _entries;
    private readonly Step[] _path = new Step[MostLanes];
    private int _runs;
    private int _blocks;
    private int _freeRun;
    private int _freeBlock;

    public Lanes(EntryTable entries)
    {
        _entries = entries;
        Reset();
    }

    public PagedArray<Run> Runs { get; private set; } = new();

    public PagedArray<LinkBlock> Blocks { get; private set; } = new();

    public int Height { get; private set; }

    public int Top { get; private set; }

    public long AllocatedBytes => Runs.AllocatedBytes + Blocks.AllocatedBytes;

    /// <summary>The block of a lane that the last way down passed through, and the link it took there.</summary>
    public ref Step PathAt(int lane) => ref _path[lane];

    /// <summary>Forgets everything. The list is of no use before it has a top again.</summary>
    public void Clear()
    {
        Runs = new PagedArray<Run>();
        Blocks = new PagedArray<LinkBlock>();
        (_runs, _blocks, _freeRun, _freeBlock) = (0, 0, None, None);
    }

    /// <summary>Forgets everything but one lane of one link to one empty run.</summary>
    public void Reset()
    {
        Clear();
        var run = NewRun();
        Top = NewBlock(None);
        Height = 1;
        ref var block = ref Blocks[Top];
        block.InsertGap(0, 1);
        block.Set(0, default, 0, run);
        block.Fit();
    }

    /// <summary>
    /// Goes down to the run that the probe belongs in: the last one whose first entry is not behind it, or the very first.
    /// </summary>
    /// <param name="before">The number of entries in all runs ahead of it.</param>
    public int Descend(scoped in Probe probe, out int before)
    {
        before = 0;
        var target = Top;
        for (var lane = Height - 1; lane >= 0; lane--)
        {
            ref var block = ref Blocks[target];
            var index = Choose(ref block, lane, probe);
            _path[lane] = new Step(target, index);
            before += block.StartAt(index);
            target = block.TargetAt(index);
        }

        return target;
    }

    /// <summary>Goes down to the run that holds the entry at <paramref name="offset"/>, which becomes the offset in that run.</summary>
    public int DescendTo(ref int offset)
    {
        var target = Top;
        for (var lane = Height - 1; lane >= 0; lane--)
        {
            ref var block = ref Blocks[target];
            var index = block.IndexAt(ref offset);
            _path[lane] = new Step(target, index);
            target = block.TargetAt(index);
        }

        return target;
    }

    /// <summary>Starts to bring the run that the probe belongs in into the cache. Leaves the path alone.</summary>
    public void Prefetch(scoped in Probe probe)
    {
        var target = Top;
        for (var lane = Height - 1; lane >= 0; lane--)
        {
            ref var block = ref Blocks[target];
            target = block.TargetAt(Choose(ref block, lane, probe));
        }

        Cache.PrefetchAll(ref Runs[target]);
    }

    /// <summary>Notes that there are so many entries more, or fewer, in the run at the end of the path.</summary>
    public void AddToSpans(int difference)
    {
        for (var lane = 0; lane < Height; lane++)
        {
            Blocks[_path[lane].Block].AddToSpan(_path[lane].Index, difference);
        }
    }

    /// <summary>Tells the links on the path that the run they lead to has another first entry.</summary>
    public void SetFirstKey(SortKey key)
    {
        for (var lane = 0; lane < Height; lane++)
        {
            ref readonly var step = ref _path[lane];
            Blocks[step.Block].SetKey(step.Index, key);
            if (step.Index > 0)
            {
                return;
            }
        }
    }

    public int NewRun()
    {
        var run = _freeRun;
        if (run == None)
        {
            run = _runs++;
            Runs.EnsureCapacity(_runs);
        }
        else
        {
            _freeRun = Runs[run].Keys.Next;
        }

        Runs[run].Fill([], []);
        return run;
    }

    public void FreeRun(int run)
    {
        Runs[run].Keys.Next = _freeRun;
        _freeRun = run;
    }

    public int NewBlock(int next)
    {
        var block = _freeBlock;
        if (block == None)
        {
            block = _blocks++;
            Blocks.EnsureCapacity(_blocks);
        }
        else
        {
            _freeBlock = Blocks[block].Next;
        }

        Blocks[block].Clear(next);
        return block;
    }

    public void FreeBlock(int block)
    {
        Blocks[block].Codes.Next = _freeBlock;
        _freeBlock = block;
    }

    /// <summary>Puts a lane of one link above the top block, and on the path.</summary>
    public void AddLane()
    {
        var lane = NewBlock(None);
        ref var below = ref Blocks[Top];
        ref var block = ref Blocks[lane];
        block.InsertGap(0, 1);
        block.Set(0, below.KeyAt(0), below.Span, Top);
        block.Fit();
        _path[Height] = new Step(lane, 0);
        SetTop(lane, Height + 1);
    }

    /// <summary>Makes a block the one block of the top lane, the lane at height − 1.</summary>
    public void SetTop(int block, int height)
    {
        Top = block;
        Height = height;
    }

    /// <summary>Takes a top lane of one link away.</summary>
    public void DropLane()
    {
        var top = Top;
        Top = Blocks[top].TargetAt(0);
        Height--;
        FreeBlock(top);
    }

    /// <summary>
    /// The last link not behind the probe, or the first one. That is taken when no other one is, so it is never compared; there need
    /// be no entry behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Choose(ref LinkBlock block, int lane, scoped in Probe probe)
    {
        block.Codes.Locate(probe.Key, out var ahead, out var notBehind);
        return Math.Max(0, (ahead == notBehind ? notBehind : Narrow(ref block, lane, probe, ahead, notBehind)) - 1);
    }

    /// <summary>Links do not carry ids: where score and time agree, the first entry itself is asked.</summary>
    private int Narrow(ref LinkBlock block, int lane, scoped in Probe probe, int from, int to)
    {
        from = Math.Max(1, from);
        while (from < to)
        {
            var middle = (from + to) / 2;
            var order = probe.Key.CompareTo(block.KeyAt(middle));
            if (order == 0)
            {
                order = probe.Id.SequenceCompareTo(_entries.IdOf(FirstSlotOf(lane, block.TargetAt(middle))));
            }

            (from, to) = order < 0 ? (from, middle) : (middle + 1, to);
        }

        return to;
    }

    private int FirstSlotOf(int lane, int target)
    {
        for (; lane > 0; lane--)
        {
            target = Blocks[target].TargetAt(0);
        }

        return Runs[target][0];
    }

    internal readonly record struct Step(int Block, int Index);
}
