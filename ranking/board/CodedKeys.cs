using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Laurel.Ranking;

/// <summary>
/// The head of a run or a block of links: how much there is in it, and a 16-bit code of each key, in order, all compared at once.
/// 192 bytes, three cache lines.
/// </summary>
/// <remarks>Codes ascend; those past the count are the highest there is, so that a search needs no end.</remarks>
internal struct CodedKeys
{
    public const int Capacity = 80;

    public int Count;

    /// <summary>For the owner to chain runs or blocks by.</summary>
    public int Next;

    private KeyFrame _frame;
    private CodeArray _codes;

    /// <summary>
    /// Counts the keys surely ahead of <paramref name="key"/>, and those not surely behind it. Where the two differ, the keys between
    /// have the same code and must be compared themselves.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Locate(SortKey key, out int ahead, out int notBehind)
    {
        ref var codes = ref _codes[0];
        var wanted = Vector256.Create(_frame.CodeOf(key));
        var less = Vector256<short>.Zero;
        var greater = Vector256<short>.Zero;
        for (nuint at = 0; at < Capacity; at += (nuint)Vector256<short>.Count)
        {
            var some = Vector256.LoadUnsafe(ref codes, at);
            less -= Vector256.LessThan(some, wanted);
            greater -= Vector256.GreaterThan(some, wanted);
        }

        // Both counts fit a byte, so one sum adds up both.
        var counts = (int)Vector256.Sum(less + (greater << 8));
        ahead = counts & byte.MaxValue;
        notBehind = Math.Min(Count, Capacity - (counts >> 8));
    }

    /// <summary>Precondition: there is room, and the key keeps the order.</summary>
    public void Insert(int index, SortKey key)
    {
        Debug.Assert(Count < Capacity, "there is room");
        Shelf.Open(ref _codes[0], index, Count++);
        _codes[index] = _frame.CodeOf(key);
    }

    public void RemoveAt(int index)
    {
        Shelf.Close(ref _codes[0], index, Count--);
        _codes[Count] = short.MaxValue;
        _codes[Capacity - 1] = short.MaxValue;
    }

    /// <summary>Replaces one key. Precondition: it keeps the order.</summary>
    public void Set(int index, SortKey key) => _codes[index] = _frame.CodeOf(key);

    /// <summary>Replaces all keys, and fits the frame to them.</summary>
    public void Fit(ReadOnlySpan<SortKey> keys)
    {
        Count = keys.Length;
        _frame = KeyFrame.Fit(keys);
        Span<short> codes = _codes;
        codes[Count..].Fill(short.MaxValue);
        for (var i = 0; i < keys.Length; i++)
        {
            codes[i] = _frame.CodeOf(keys[i]);
        }
    }

    /// <summary>Whether the codes are those of <paramref name="keys"/>, ascend and are padded.</summary>
    public readonly bool AreOf(ReadOnlySpan<SortKey> keys)
    {
        for (var i = 0; i < Capacity; i++)
        {
            var expected = i < Count ? _frame.CodeOf(keys[i]) : short.MaxValue;
            if (_codes[i] != expected || (i > 0 && _codes[i] < _codes[i - 1]))
            {
                return false;
            }
        }

        return keys.Length == Count;
    }

    [InlineArray(Capacity)]
    private struct CodeArray
    {
        private short _first;
    }
}
