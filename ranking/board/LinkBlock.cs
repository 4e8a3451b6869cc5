using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Laurel.Ranking;

/// <summary>
/// A stretch of a lane of the skip list: up to 76 links to neighbours of the lane below, in order. A link carries the first key behind
/// it and its span, the number of entries it passes over, so a search never has to look at what it skips. 2 KB, of which a search reads
/// six lines.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 2048)]
internal struct LinkBlock
{
    public const int Capacity = 76;

    /// <summary>Its chain is the lane, ending with −1; while the block is free, that of free blocks.</summary>
    public CodedKeys Codes;

    private KeyArray _keys;
    private StartArray _starts;
    private TargetArray _targets;

    public readonly int Count => Codes.Count;

    public readonly int Next => Codes.Next;

    /// <summary>Entries below all links.</summary>
    public readonly int Span => _starts[Count];

    public readonly SortKey KeyAt(int index) => _keys[index];

    /// <summary>Entries below the links ahead of this one.</summary>
    public readonly int StartAt(int index) => _starts[index];

    /// <summary>Entries below this link.</summary>
    public readonly int SpanAt(int index) => _starts[index + 1] - _starts[index];

    /// <summary>The run or block of the lane below.</summary>
    public readonly int TargetAt(int index) => _targets[index];

    /// <summary>Lets all later links start so much later.</summary>
    public void AddToSpan(int index, int difference)
    {
        ref var starts = ref _starts[0];
        var later = Vector256.Create(index);
        var added = Vector256.Create(difference);
        var position = Vector256<int>.Indices;
        for (nuint at = 0; at < StartArray.Length; at += (nuint)Vector256<int>.Count)
        {
            (Vector256.LoadUnsafe(ref starts, at) + (added & Vector256.GreaterThan(position, later))).StoreUnsafe(ref starts, at);
            position += Vector256.Create(Vector256<int>.Count);
        }
    }

    /// <summary>Replaces the key of a link. Precondition: it keeps the order.</summary>
    public void SetKey(int index, SortKey key)
    {
        _keys[index] = key;
        Codes.Set(index, key);
    }

    /// <summary>Replaces a link of a block that is to be fitted. Links behind it start later or earlier accordingly.</summary>
    public void Set(int index, SortKey key, int span, int target)
    {
        AddToSpan(index, span - SpanAt(index));
        _keys[index] = key;
        _targets[index] = target;
    }

    /// <summary>Makes the block empty.</summary>
    public void Clear(int next)
    {
        Codes.Fit([]);
        Codes.Next = next;
        _starts[0] = 0;
    }

    /// <summary>Makes the codes those of the keys: due after any links have come, gone or been set.</summary>
    public void Fit() => Codes.Fit(((ReadOnlySpan<SortKey>)_keys)[..Count]);

    /// <summary>
    /// The link that passes over the entry at <paramref name="offset"/>, which becomes the offset behind that link's start; the last
    /// link when there is none.
    /// </summary>
    public readonly int IndexAt(ref int offset)
    {
        var (index, end) = (0, Count);
        while (end - index > 1)
        {
            var middle = (index + end) / 2;
            (index, end) = _starts[middle] <= offset ? (middle, end) : (index, middle);
        }

        offset -= _starts[index];
        return index;
    }

    /// <summary>Opens a gap for links without entries, to be set and fitted. Precondition: there is room.</summary>
    public void InsertGap(int index, int count)
    {
        Debug.Assert(Count + count <= Capacity, "the block is full");
        Shift(index, index + count);
        ((Span<int>)_starts).Slice(index, count).Fill(_starts[index + count]);
        Codes.Count += count;
    }

    /// <summary>Removes links and the entries below them; the rest is to be fitted.</summary>
    public void RemoveRange(int index, int count)
    {
        var gone = _starts[index + count] - _starts[index];
        Shift(index + count, index);
        Codes.Count -= count;
        foreach (ref var start in ((Span<int>)_starts)[index..(Count + 1)])
        {
            start -= gone;
        }
    }

    /// <summary>
    /// Moves links between the end of this block and the front of its successor in the lane, until this one has
    /// <paramref name="count"/>, and fits both.
    /// </summary>
    public void Balance(ref LinkBlock next, int count)
    {
        var (had, moved) = (Count, Math.Abs(count - Count));
        if (count < had)
        {
            next.InsertGap(0, moved);
            next.SetAll(0, this, count, moved);
            RemoveRange(count, moved);
        }
        else
        {
            InsertGap(had, moved);
            SetAll(had, next, 0, moved);
            next.RemoveRange(0, moved);
        }

        Fit();
        next.Fit();
    }

    private void SetAll(int index, in LinkBlock source, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Set(index + i, source.KeyAt(from + i), source.SpanAt(from + i), source.TargetAt(from + i));
        }
    }

    private void Shift(int from, int to)
    {
        ((Span<SortKey>)_keys)[from..Count].CopyTo(((Span<SortKey>)_keys)[to..]);
        ((Span<int>)_targets)[from..Count].CopyTo(((Span<int>)_targets)[to..]);
        ((Span<int>)_starts)[from..(Count + 1)].CopyTo(((Span<int>)_starts)[to..]);
    }

    [InlineArray(Capacity)]
    private struct KeyArray
    {
        private SortKey _first;
    }

    [InlineArray(Capacity)]
    private struct TargetArray
    {
        private int _first;
    }

    /// <summary>One more than there are links, for the end of the last one, and some to fill a vector.</summary>
    [InlineArray(Length)]
    private struct StartArray
    {
        public const int Length = 80;

        private int _first;
    }
}
