using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Laurel.Ranking;

/// <summary>
/// One part of a <see cref="SubjectIndex"/>: a hash table of 32-bit words in lines of 16, one cache line each. A word is a slot plus
/// one in its lower bits and, above it, as much of the hash as fits; 0 is empty, and all ones in the slot's place a removed word.
/// </summary>
/// <remarks>
/// A subject stands in its home line or, where that is full, in the first later line that is not; a search ends at the first line
/// with an empty word. So a word in a line that is or was full may not become empty again before the table is rebuilt.
/// The slot's place starts with 16 bits and widens with the board, so a small board has 16 bits of hash to tell ids apart and one of
/// ten million still has eight.
/// </remarks>
internal sealed class IndexTable
{
    private const int WordsPerLine = 16;
    private const int FullPercent = 85;
    private const int FewestSlotBits = 16;
    private const int MostSlotBits = 31;

    private readonly AlignedBytes _words;
    private readonly int _lines;
    private int _slotBits;
    private int _occupied;

    /// <summary>A table with room for <paramref name="count"/> subjects at least, with slots mostly below <paramref name="slots"/>.</summary>
    public IndexTable(int depth, int count, int slots)
    {
        Depth = depth;
        _slotBits = Math.Max(FewestSlotBits, 1 + BitOperations.Log2((uint)slots | 1));
        _lines = Math.Max(1, (int)((((long)count * 100 / FullPercent) + WordsPerLine) / WordsPerLine));
        _words = new AlignedBytes(_lines * AlignedBytes.LineBytes);
    }

    /// <summary>How many of the top bits of the hash all subjects here share.</summary>
    public int Depth { get; }

    public int Count { get; private set; }

    public int WordCount => _lines * WordsPerLine;

    /// <summary>Whether the table has to be rebuilt before the next subject; removed words count.</summary>
    public bool IsFull => _occupied * 100L >= (long)WordCount * FullPercent;

    private uint SlotMask => (1u << _slotBits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash) => Cache.Prefetch(ref Line(HomeOf(hash)));

    /// <summary>The first subject of the home line whose part of the hash agrees, or −1: nearly always the one in question.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Guess(ulong hash)
    {
        ref var line = ref Line(HomeOf(hash));
        for (var hits = Matches(ref line, TagOf(hash), ~SlotMask); hits != 0; hits &= hits - 1)
        {
            var slot = SlotOf(Unsafe.Add(ref line, BitOperations.TrailingZeroCount(hits)));
            if (slot >= 0)
            {
                return slot;
            }
        }

        return -1;
    }

    /// <returns>The slot of the subject, or −1.</returns>
    public int Find(ulong hash, ReadOnlySpan<byte> id, EntryTable entries)
    {
        for (var at = HomeOf(hash); ; at = After(at))
        {
            ref var line = ref Line(at);
            for (var hits = Matches(ref line, TagOf(hash), ~SlotMask); hits != 0; hits &= hits - 1)
            {
                var slot = SlotOf(Unsafe.Add(ref line, BitOperations.TrailingZeroCount(hits)));
                if (slot >= 0 && entries.IdOf(slot).SequenceEqual(id))
                {
                    return slot;
                }
            }

            if (HasEmpty(ref line))
            {
                return -1;
            }
        }
    }

    /// <summary>Preconditions: the subject is not here, and a word is free (the table may be full, but not to its last word).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ulong hash, int slot)
    {
        Debug.Assert(_occupied < WordCount - 1, "no word is free");
        while ((uint)slot + 1 >= SlotMask)
        {
            Widen();
        }

        for (var at = HomeOf(hash); ; at = After(at))
        {
            ref var line = ref Line(at);
            var free = Matches(ref line, 0, uint.MaxValue) | Matches(ref line, SlotMask, SlotMask);
            if (free != 0)
            {
                ref var word = ref Unsafe.Add(ref line, BitOperations.TrailingZeroCount(free));
                _occupied += word == 0 ? 1 : 0;
                word = TagOf(hash) | ((uint)slot + 1);
                Count++;
                return;
            }
        }
    }

    /// <summary>Precondition: the subject is here.</summary>
    public void Remove(ulong hash, int slot)
    {
        for (var at = HomeOf(hash); ; at = After(at))
        {
            ref var line = ref Line(at);
            var hits = Matches(ref line, TagOf(hash) | ((uint)slot + 1), uint.MaxValue);
            if (hits != 0)
            {
                var reclaimed = HasEmpty(ref line);
                Unsafe.Add(ref line, BitOperations.TrailingZeroCount(hits)) = reclaimed ? 0 : SlotMask;
                _occupied -= reclaimed ? 1 : 0;
                Count--;
                return;
            }

            Debug.Assert(!HasEmpty(ref line), "the subject is not in its table");
        }
    }

    /// <summary>The slot in the word at <paramref name="index"/>, below <see cref="WordCount"/>, or −1.</summary>
    public int SlotAt(int index) => SlotOf(Unsafe.Add(ref Line(0), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Matches(ref uint line, uint value, uint mask)
    {
        var wanted = Vector256.Create(value);
        var masked = Vector256.Create(mask);
        var low = Vector256.Equals(Vector256.LoadUnsafe(ref line) & masked, wanted);
        var high = Vector256.Equals(Vector256.LoadUnsafe(ref line, 8) & masked, wanted);
        return low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasEmpty(ref uint line) => Matches(ref line, 0, uint.MaxValue) != 0;

    /// <summary>Where a line starts; uses bits 16 to 47 of the hash, which neither the tags nor the directory use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(ulong hash) => (int)(((hash >> 16) & uint.MaxValue) * (ulong)_lines >> 32);

    private int After(int line) => line + 1 == _lines ? 0 : line + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint Line(int line) => ref Unsafe.Add(ref Unsafe.As<byte, uint>(ref _words.First), line * WordsPerLine);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint TagOf(ulong hash) => (uint)hash << _slotBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(uint word)
    {
        var stored = word & SlotMask;
        return stored == SlotMask ? -1 : (int)stored - 1;
    }

    /// <summary>Gives one bit of every tag to the slots. The tag is the low end of the hash, so the bit shifted out is its highest.</summary>
    private void Widen()
    {
        var removed = SlotMask;
        var bits = _slotBits + 1;
        Debug.Assert(bits <= MostSlotBits, "slots have 31 bits");
        for (var i = 0; i < WordCount; i++)
        {
            ref var word = ref Unsafe.Add(ref Line(0), i);
            var stored = word & removed;
            word = ((word >> _slotBits) << bits) | (stored == removed ? (1u << bits) - 1 : stored);
        }

        _slotBits = bits;
    }
}
