using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Laurel.Ranking;

/// <summary>
/// A stretch of a lane of the skip list: up to 76 links to neighbours of the lane below, in order. A link carries the first key behind
/// it and its span, the number of entries it passes over, so a search never has to look at what it skips. 2 KB, of which a search reads
/// some seven lines.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 2048)]
internal struct LinkBlock
{
    public const int Capacity = 76;

    /// <summary>Its chain is the lane, ending with −1; while the block is free, that of free blocks.</summary>
    public CodedKeys Codes;

    private KeyArray _keys;
    private IntArray _spans;
    private IntArray _targets;

    public readonly int Count => Codes.Count;

    public readonly int Next => Codes.Next;

    public readonly SortKey KeyAt(int index) => _keys[index];

    public readonly int SpanAt(int index) => _spans[index];

    /// <summary>The run or block of the lane below.</summary>
    public readonly int TargetAt(int index) => _targets[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddToSpan(int index, int difference) => _spans[index] += difference;

    public void SetSpan(int index, int span) => _spans[index] = span;

    /// <summary>Replaces the key of a link. Precondition: it keeps the order.</summary>
    public void SetKey(int index, SortKey key)
    {
        _keys[index] = key;
        Codes.Set(index, key);
    }

    /// <summary>Replaces a link of a block that is to be fitted.</summary>
    public void Set(int index, SortKey key, int span, int target)
    {
        _keys[index] = key;
        _spans[index] = span;
        _targets[index] = target;
    }

    /// <summary>Makes the block empty.</summary>
    public void Clear(int next)
    {
        Codes.Fit([]);
        Codes.Next = next;
    }

    /// <summary>Makes the codes those of the keys: due after any links have come, gone or been set.</summary>
    public void Fit() => Codes.Fit(((ReadOnlySpan<SortKey>)_keys)[..Count]);

    /// <summary>The sum of the spans of the first <paramref name="index"/> links.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SpanBefore(int index)
    {
        ref var spans = ref _spans[0];
        var sums = Vector256<int>.Zero;
        var at = 0;
        for (; at <= index - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            sums += Vector256.LoadUnsafe(ref spans, (nuint)at);
        }

        var sum = Vector256.Sum(sums);
        for (; at < index; at++)
        {
            sum += Unsafe.Add(ref spans, at);
        }

        return sum;
    }

    /// <summary>The sum of all spans.</summary>
    public int Span() => SpanBefore(Count);

    /// <summary>
    /// The link that passes over the entry at <paramref name="offset"/>, which becomes the offset behind that link's start; the last
    /// link when there is none.
    /// </summary>
    public readonly int IndexAt(ref int offset)
    {
        var index = 0;
        while (index < Count - 1 && offset >= _spans[index])
        {
            offset -= _spans[index++];
        }

        return index;
    }

    /// <summary>Opens a gap for links, to be set and fitted. Precondition: there is room.</summary>
    public void InsertGap(int index, int count)
    {
        Debug.Assert(Count + count <= Capacity, "the block is full");
        Shift(index, index + count);
        Codes.Count += count;
    }

    /// <summary>Removes links; the rest is to be fitted.</summary>
    public void RemoveRange(int index, int count)
    {
        Shift(index + count, index);
        Codes.Count -= count;
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
            CopyTo(ref next, count, 0, moved);
            RemoveRange(count, moved);
        }
        else
        {
            InsertGap(had, moved);
            next.CopyTo(ref this, 0, had, moved);
            next.RemoveRange(0, moved);
        }

        Fit();
        next.Fit();
    }

    private void Shift(int from, int to) => CopyTo(ref this, from, to, Count - from);

    private void CopyTo(ref LinkBlock target, int from, int to, int count)
    {
        ((Span<SortKey>)_keys).Slice(from, count).CopyTo(((Span<SortKey>)target._keys)[to..]);
        ((Span<int>)_spans).Slice(from, count).CopyTo(((Span<int>)target._spans)[to..]);
        ((Span<int>)_targets).Slice(from, count).CopyTo(((Span<int>)target._targets)[to..]);
    }

    [InlineArray(Capacity)]
    private struct KeyArray
    {
        private SortKey _first;
    }

    [InlineArray(Capacity)]
    private struct IntArray
    {
        private int _first;
    }
}
