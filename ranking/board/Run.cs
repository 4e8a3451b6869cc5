using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laurel.Ranking;

/// <summary>
/// A stretch of neighbours in a board's order: up to 80 slots, and the codes of their keys. 512 bytes, eight cache lines, of which a
/// search reads three.
/// </summary>
internal struct Run
{
    public const int Capacity = CodedKeys.Capacity;

    public CodedKeys Keys;

    private SlotArray _slots;

    public readonly int Count => Keys.Count;

    [UnscopedRef]
    public readonly ReadOnlySpan<int> Slots => MemoryMarshal.CreateReadOnlySpan(in _slots[0], Count);

    public readonly int this[int index] => _slots[index];

    /// <summary>Where a slot stands, which is known to be here under <paramref name="key"/>; reads no entry.</summary>
    public int IndexOf(int slot, SortKey key)
    {
        Keys.Locate(key, out var index, out var end);
        while (_slots[index] != slot)
        {
            index++;
        }

        Debug.Assert(index < end, "the slot is not where its key says");
        return index;
    }

    /// <summary>Precondition: there is room, and the key keeps the order.</summary>
    public void Insert(int index, int slot, SortKey key)
    {
        Shelf.Open(ref _slots[0], index, Count);
        _slots[index] = slot;
        Keys.Insert(index, key);
    }

    public void RemoveAt(int index)
    {
        Shelf.Close(ref _slots[0], index, Count);
        Keys.RemoveAt(index);
    }

    /// <summary>Replaces everything by these slots, whose keys stand beside them, in order.</summary>
    public void Fill(ReadOnlySpan<int> slots, ReadOnlySpan<SortKey> keys)
    {
        slots.CopyTo(_slots);
        Keys.Fit(keys);
    }

    [InlineArray(Capacity)]
    private struct SlotArray
    {
        private int _first;
    }
}
