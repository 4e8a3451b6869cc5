using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// The entries of a board by slot. Slots are dense: a new subject gets the one freed last, or the next one. Owns the ids' bytes.
/// </summary>
internal sealed class EntryTable
{
    public const int LongestId = 512;

    private const int MostSlots = 1 << 30;
    private const uint None = uint.MaxValue;

    private readonly PagedArray<Entry> _entries = new();
    private readonly ByteArena _ids = new();
    private uint _free = None;

    /// <summary>Used slots.</summary>
    public int Count { get; private set; }

    /// <summary>Every slot ever used is below this.</summary>
    public int SlotCapacity { get; private set; }

    public long AllocatedBytes => _entries.AllocatedBytes + _ids.AllocatedBytes;

    /// <summary>The entry of a slot that is known to be used.</summary>
    public ref Entry this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert(IsUsed(slot), "the slot is not used");
            return ref _entries[slot];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsUsed(int slot) => (uint)slot < (uint)SlotCapacity && _entries[slot].IdLength != 0;

    /// <summary>The entry of a slot that came from outside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slot is not used.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Entry Checked(int slot)
    {
        if ((uint)slot < (uint)SlotCapacity)
        {
            ref var entry = ref _entries[slot];
            if (entry.IdLength != 0)
            {
                return ref entry;
            }
        }

        ThrowUnused(slot);
        return ref Unsafe.NullRef<Entry>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> IdOf(int slot)
    {
        ref var entry = ref this[slot];
        return _ids.Read(entry.Id, entry.IdLength);
    }

    public Probe ProbeOf(int slot) => new(this[slot].Key, IdOf(slot));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> id)
    {
        Debug.Assert(id.Length is > 0 and <= LongestId, "ids have 1 to 512 bytes");
        var slot = TakeSlot();
        _entries[slot] = new Entry { Id = _ids.Add(id), IdLength = (ushort)id.Length };
        Count++;
        return slot;
    }

    public void Remove(int slot)
    {
        ref var entry = ref this[slot];
        _ids.Free(entry.Id, entry.IdLength);
        entry = new Entry { Id = _free };
        _free = (uint)slot;
        Count--;
    }

    /// <summary>Starts to bring an entry into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => Cache.PrefetchAll(ref _entries[slot]);

    /// <summary>Starts to bring an entry's id into the cache; reads the entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchId(int slot) => _ids.Prefetch(_entries[slot].Id);

    /// <summary>Below 0, equal or above as the probe is ahead of, at or behind the entry.</summary>
    public int Compare(scoped in Probe probe, int slot)
    {
        var byKey = probe.Key.CompareTo(this[slot].Key);
        return byKey != 0 ? byKey : probe.Id.SequenceCompareTo(IdOf(slot));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TakeSlot()
    {
        if (_free != None)
        {
            var freed = (int)_free;
            _free = _entries[freed].Id;
            return freed;
        }

        if (SlotCapacity == MostSlots)
        {
            throw new InvalidOperationException($"A board holds at most {MostSlots} subjects.");
        }

        _entries.EnsureCapacity(SlotCapacity + 1);
        return SlotCapacity++;
    }

    [DoesNotReturn]
    private static void ThrowUnused(int slot) =>
        throw new ArgumentOutOfRangeException(nameof(slot), slot, "The slot belongs to no subject.");
}
