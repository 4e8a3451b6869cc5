using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laurel.Ranking;

/// <summary>
/// The standings of one season: subjects by id, and those of them that are listed in order. The order is by score in the board's
/// direction, then the earlier time, then the id by its UTF-8 bytes; it is total. Ranks are 1-based positions in it.
/// </summary>
/// <remarks>
/// <para>A subject is known by a slot, a small dense number that stays its own until it is removed and then goes to another; arrays
/// beside the board can be indexed by it. A subject may be without a score, hold a score without being listed (a hidden player), or be
/// listed under its score.</para>
/// <para>Scores are any doubles but NaN, −0 being 0. Times are microseconds since the Unix epoch, before it too. Ids are 1 to 512 bytes.
/// A slot that belongs to no subject throws <see cref="ArgumentOutOfRangeException"/> everywhere.</para>
/// <para>Single-threaded. With n subjects, finding is O(1); listing, moving, removing and ranking are O(log n), a few hundred
/// nanoseconds at a million. About 54 bytes a subject with an id of 16 bytes; nothing is allocated but memory for more subjects, in
/// pages, and no growth takes longer than some hundred microseconds.</para>
/// </remarks>
public sealed class Board
{
    private readonly EntryTable _entries = new();
    private readonly SubjectIndex _index;
    private readonly SkipList _list;
    private List<int> _staged = [];

    /// <param name="direction">Which end of the scores leads.</param>
    /// <param name="expected">So many subjects are to be loaded: adding them is several times as fast when that is known.</param>
    public Board(Direction direction, int expected = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        Direction = direction;
        _index = new SubjectIndex(_entries, expected);
        _list = new SkipList(_entries);
    }

    public Direction Direction { get; }

    /// <summary>Listed entries.</summary>
    public int Count => _list.Count;

    /// <summary>Known subjects, listed or not.</summary>
    public int SubjectCount => _entries.Count;

    /// <summary>Every slot in use is below this; see <see cref="IsUsed"/>.</summary>
    public int SlotCapacity => _entries.SlotCapacity;

    /// <summary>Bytes held for subjects, index and order, used or not.</summary>
    public long AllocatedBytes => _entries.AllocatedBytes + _index.AllocatedBytes + _list.AllocatedBytes;

    internal EntryTable Entries => _entries;

    internal SkipList List => _list;

    /// <returns>The slot of the subject, or −1.</returns>
    public int Find(ReadOnlySpan<byte> id) => _index.Find(id);

    /// <summary>
    /// Finds many subjects, several times as fast as one by one, and starts to bring what updating them will touch into the cache: so
    /// find a batch, then update it.
    /// </summary>
    /// <param name="ids">The ids, one behind the other.</param>
    /// <param name="ends">Where each id ends; it starts where the one before it ends.</param>
    /// <param name="slots">Receives the slot of each subject, or −1. As long as <paramref name="ends"/>.</param>
    public void Find(ReadOnlySpan<byte> ids, ReadOnlySpan<int> ends, Span<int> slots)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(slots.Length, ends.Length);
        _index.Find(ids, ends, slots);
        foreach (var slot in slots)
        {
            if (slot >= 0 && Is(_entries[slot], EntryState.Listed))
            {
                _list.Prefetch(_entries.ProbeOf(slot));
            }
        }
    }

    /// <summary>Starts to bring what is known of a subject into the cache, but for its id. Precondition: the slot is in use.</summary>
    public void Prefetch(int slot) => _entries.Prefetch(slot);

    /// <summary>Starts to bring a subject's id into the cache; reads what <see cref="Prefetch"/> brings.</summary>
    public void PrefetchId(int slot) => _entries.PrefetchId(slot);

    /// <summary>Starts to bring into the cache what listing an entry there will touch.</summary>
    public void PrefetchPlace(double score, long time) => _list.Prefetch(new Probe(KeyOf(score, time), []));

    /// <summary>Makes a subject known, without a score. Precondition: it is not.</summary>
    /// <returns>Its slot.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id has no byte, or more than 512.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> id)
    {
        ArgumentOutOfRangeException.ThrowIfZero(id.Length, nameof(id));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, EntryTable.LongestId, nameof(id));
        Debug.Assert(Find(id) < 0, "the subject is known already");
        var slot = _entries.Add(id);
        _index.Add(slot);
        return slot;
    }

    /// <summary>Forgets a subject wholly. Its slot goes to one of the next that are added.</summary>
    public void Remove(int slot)
    {
        Unlist(slot);
        _index.Remove(slot);
        _entries.Remove(slot);
    }

    public bool IsUsed(int slot) => _entries.IsUsed(slot);

    /// <summary>The id, in place: it is good until the subject is removed.</summary>
    public ReadOnlySpan<byte> IdOf(int slot)
    {
        _entries.Checked(slot);
        return _entries.IdOf(slot);
    }

    /// <summary>Eight bits that belong to the caller and mean nothing here; 0 at first.</summary>
    public ref byte Flags(int slot) => ref _entries.Checked(slot).Flags;

    public bool IsListed(int slot) => Is(_entries.Checked(slot), EntryState.Listed);

    /// <summary>Whether the subject has a score, be it listed or not.</summary>
    public bool HasScore(int slot) => Is(_entries.Checked(slot), EntryState.Scored);

    /// <summary>The score; NaN when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ScoreOf(int slot)
    {
        ref readonly var entry = ref _entries.Checked(slot);
        return Is(entry, EntryState.Scored) ? ScoreOrder.ScoreOf(entry.Key.Score, Direction) : double.NaN;
    }

    /// <summary>The time of the score, in microseconds since the Unix epoch; 0 when there is no score.</summary>
    public long TimeOf(int slot) => _entries.Checked(slot).Key.Time;

    /// <summary>Lists a subject under this score and time, or moves it there.</summary>
    /// <returns>Its new rank.</returns>
    public int Place(int slot, double score, long time)
    {
        ref var entry = ref _entries.Checked(slot);
        var key = KeyOf(score, time);
        if (Is(entry, EntryState.Listed))
        {
            if (entry.Key == key)
            {
                return _list.PositionOf(slot) + 1;
            }

            _list.Remove(slot);
        }

        entry.Key = key;
        entry.State = EntryState.Scored | EntryState.Listed;
        return _list.Insert(slot) + 1;
    }

    /// <summary>Gives a subject a score without listing it; takes it out of the list if need be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetUnlisted(int slot, double score, long time)
    {
        var key = KeyOf(score, time);
        Unlist(slot);
        ref var entry = ref _entries[slot];
        entry.Key = key;
        entry.State = EntryState.Scored;
    }

    /// <summary>Takes a subject out of the list, where it is there; it keeps its score and time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unlist(int slot)
    {
        ref var entry = ref _entries.Checked(slot);
        if (Is(entry, EntryState.Listed))
        {
            _list.Remove(slot);
        }

        entry.State &= EntryState.Scored;
    }

    /// <summary>
    /// Gives a subject a score and notes that it is to be listed: for loading many at once. Until <see cref="PlaceStaged"/> it is
    /// unlisted; whatever else is done to it in between takes the note back.
    /// </summary>
    public void Stage(int slot, double score, long time)
    {
        SetUnlisted(slot, score, time);
        Stage(slot);
    }

    /// <summary>The same under the score that it has. Precondition: it has one, and is unlisted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stage(int slot)
    {
        ref var entry = ref _entries.Checked(slot);
        Debug.Assert(entry.State == EntryState.Scored, "the subject has no score, or is listed or staged already");
        entry.State |= EntryState.Staged;
        _staged.Add(slot);
    }

    /// <summary>
    /// Lists everything staged: one by one when that is little against what is listed, else by sorting all and building the list
    /// anew, at some 100 ns an entry.
    /// </summary>
    public void PlaceStaged()
    {
        var slots = TakeStaged();
        if (slots.Length < Count / 8)
        {
            foreach (var slot in slots)
            {
                _list.Insert(slot);
            }

            return;
        }

        Span<int> all = new int[Count + slots.Length];
        slots.CopyTo(all[_list.Walk(0, all)..]);
        BulkOrder.Sort(all, _entries);
        _list.Build(all);
    }

    /// <summary>The 1-based position in the order; 0 when the subject is not listed.</summary>
    public int RankOf(int slot) => IsListed(slot) ? _list.PositionOf(slot) + 1 : 0;

    /// <summary>The rank that all with the same score share: 1, 2, 2, 4. 0 when the subject is not listed.</summary>
    public int StandardRankOf(int slot) =>
        IsListed(slot) ? CountBeforeImage(_entries[slot].Key.Score) + 1 : 0;

    /// <summary>How many entries have a better score.</summary>
    public int CountBefore(double score) => CountBeforeImage(ImageOf(score));

    /// <summary>How many entries are ahead of this point in the order, which need not be that of an entry.</summary>
    public int CountBefore(double score, long time, ReadOnlySpan<byte> id) =>
        _list.CountBefore(new Probe(KeyOf(score, time), id));

    /// <summary>The slots from a 0-based position on, in order.</summary>
    /// <returns>How many there were, at most as many as fit.</returns>
    public int Page(int offset, Span<int> slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return _list.Walk(offset, slots);
    }

    /// <summary>The slots at and after this point in the order, which need not be that of an entry.</summary>
    /// <returns>How many there were, at most as many as fit.</returns>
    public int NextFrom(double score, long time, ReadOnlySpan<byte> id, Span<int> slots) =>
        _list.WalkFrom(new Probe(KeyOf(score, time), id), slots);

    /// <summary>A listed subject's neighbours, up to <paramref name="each"/> on each side, with itself among them.</summary>
    /// <param name="firstRank">The rank of the first of them.</param>
    /// <returns>How many there were, at most as many as fit; 0 when the subject is not listed.</returns>
    public int Around(int slot, int each, Span<int> slots, out int firstRank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(each);
        var rank = RankOf(slot);
        firstRank = Math.Max(1, rank - each);
        var wanted = (int)Math.Min(slots.Length, (long)rank - firstRank + 1 + each);
        return rank == 0 ? 0 : _list.Walk(firstRank - 1, slots[..wanted]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Is(in Entry entry, EntryState state) => (entry.State & state) != 0;

    private SortKey KeyOf(double score, long time) => new(ImageOf(score), time);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ImageOf(double score)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "NaN has no place in an order.");
        }

        return ScoreOrder.ImageOf(score, Direction);
    }

    private int CountBeforeImage(long image) => _list.CountBefore(new Probe(new SortKey(image, long.MinValue), []));

    /// <summary>The staged slots, each once, marked as listed; a slot may have been staged twice, or gone to another subject.</summary>
    private ReadOnlySpan<int> TakeStaged()
    {
        var staged = CollectionsMarshal.AsSpan(_staged);
        _staged = [];
        var count = 0;
        foreach (var slot in staged)
        {
            if (_entries.IsUsed(slot) && Is(_entries[slot], EntryState.Staged))
            {
                _entries[slot].State = EntryState.Scored | EntryState.Listed;
                staged[count++] = slot;
            }
        }

        return staged[..count];
    }
}
