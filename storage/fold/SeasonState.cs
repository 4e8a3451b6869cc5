using System.Diagnostics;
using System.Runtime.CompilerServices;
using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>
/// All that a season is: the fold of its journal, in memory. Single-threaded.
/// </summary>
/// <remarks>
/// <para>A change is applied here first, written as a record into the <see cref="Pending"/> change set, and kept with what was there
/// before it (its pre-image). The owner detaches the set, hands its blob to the store, and then confirms it (the pre-images go) or rolls
/// it back (they return, in reverse order, without a look at the store). Sets are confirmed in order; when one is rolled back, all
/// after it must have been, the youngest first.</para>
/// <para>A group of changes (one request's) begins with <see cref="Begin"/> and ends with <see cref="End()"/>, which gives it the next
/// sequence. Loading folds a snapshot's slices and then the blobs after it through the same methods, without pre-images.</para>
/// </remarks>
public sealed class SeasonState
{
    // Memory is set aside for what a snapshot announces; a damaged one must not take all there is.
    private const int MostExpected = 100_000_000;

    private readonly SeasonRules _rules;
    private readonly EntryStore _entries;
    private int _forgetting;

    /// <summary>An empty season.</summary>
    /// <param name="rules">Of its board.</param>
    public SeasonState(SeasonRules rules)
    {
        _rules = rules;
        Board = new Board(rules.Direction);
        _entries = new EntryStore(rules.Aggregation == Aggregation.Avg);
        Pending = new ChangeSet(0);
    }

    /// <summary>Who stands where. To be read; changes go through this class.</summary>
    public Board Board { get; private set; }

    /// <summary>The outcomes of recent requests.</summary>
    public RecentRequests Requests { get; } = new();

    /// <summary>Whether the season is over for good. Kept here alone: no method below looks at it.</summary>
    public bool IsSealed { get; internal set; }

    /// <summary>Up to where deliveries have been taken.</summary>
    public DeliveredPositions Delivered { get; } = new();

    /// <summary>The last applied sequence, durable or not.</summary>
    public long Sequence { get; private set; }

    /// <summary>What is applied and not yet handed to the store.</summary>
    public ChangeSet Pending { get; private set; }

    /// <summary>Whether some subject is to be forgotten and that is not settled yet: it has a slot still.</summary>
    public bool IsForgetting => _forgetting > 0;

    /// <summary>What is known of a subject.</summary>
    public SubjectFlags FlagsOf(int slot) => (SubjectFlags)Board.Flags(slot);

    /// <summary>The version of what the register said of a subject.</summary>
    public long FactsVersionOf(int slot) => _entries[slot].FactsVersion;

    /// <summary>When the subject got its entry, microseconds since the Unix epoch.</summary>
    public long CreatedAtOf(int slot) => _entries[slot].CreatedAt;

    /// <summary>When the entry was last changed.</summary>
    public long UpdatedAtOf(int slot) => _entries[slot].UpdatedAt;

    /// <summary>The name in UTF-8, empty when there is none; good until the next change.</summary>
    public ReadOnlySpan<byte> NameOf(int slot) => _entries.Read(_entries[slot].Name);

    /// <summary>The metadata's JSON text in UTF-8, empty when there is none; good until the next change.</summary>
    public ReadOnlySpan<byte> MetadataOf(int slot) => _entries.Read(_entries[slot].Metadata);

    /// <summary>The entry's value. Precondition: the subject is <see cref="SubjectFlags.Scored"/>.</summary>
    public EntryValue ValueOf(int slot)
    {
        var parts = _entries.PartsOf(slot);
        return new EntryValue(Board.ScoreOf(slot), Board.TimeOf(slot), parts.Total, parts.Samples);
    }

    /// <summary>Finds many subjects, and starts to bring into the cache what changing them will touch: see <see cref="Board.Find(ReadOnlySpan{byte}, ReadOnlySpan{int}, Span{int})"/>.</summary>
    public void Find(ReadOnlySpan<byte> ids, ReadOnlySpan<int> ends, Span<int> slots)
    {
        Board.Find(ids, ends, slots);
        foreach (var slot in slots)
        {
            if (slot >= 0)
                _entries.Prefetch(slot);
        }
    }

    /// <summary>
    /// Starts to bring into the cache where these submissions will place their subjects. Reads what <see cref="Find"/> brings; a slot below
    /// 0 is passed over.
    /// </summary>
    public void PrefetchPlaces(ReadOnlySpan<int> slots, ReadOnlySpan<double> scores, ReadOnlySpan<long> achievedAt)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] >= 0
                && (FlagsOf(slots[i]) & SubjectFlags.Scored) != 0
                && AggregationRules.Fold(_rules.Aggregation, _rules.Direction, ValueOf(slots[i]), scores[i], achievedAt[i], out var value)
                    == AggregationResult.Applied)
            {
                Board.PrefetchPlace(value.Score, value.AchievedAt);
            }
        }
    }

    /// <summary>Brings all that a few subjects consist of into the cache, with waits that overlap. All slots are in use.</summary>
    internal void Prefetch(ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            Board.Prefetch(slot);
            _entries.Prefetch(slot);
        }

        foreach (var slot in slots)
        {
            Board.PrefetchId(slot);
            _entries.PrefetchName(slot);
        }
    }

    /// <summary>Begins a group of changes.</summary>
    /// <param name="now">When the request was received, microseconds since the Unix epoch.</param>
    public void Begin(long now)
    {
        if (Pending.Time == now)
            return;
        Pending.Time = now;
        Pending.Writer.Time(now);
    }

    /// <summary>Adds a subject the season did not know.</summary>
    /// <returns>Its slot.</returns>
    public int Introduce(ReadOnlySpan<byte> id, SubjectFlags flags, long factsVersion, ReadOnlySpan<byte> name)
    {
        var slot = Add(id);
        Pending.PreImages.Add(new PreImage { Slot = slot, WasUnknown = true });
        Describe(slot, flags, factsVersion, name, Pending);
        Pending.Writer.Subject(id, flags, factsVersion, name);
        return slot;
    }

    /// <summary>Takes over newer facts about a known subject: hides it, shows it again, renames it.</summary>
    public void Reclassify(int slot, SubjectFlags flags, long factsVersion, ReadOnlySpan<byte> name)
    {
        Remember(slot);
        Describe(slot, flags | (FlagsOf(slot) & SubjectFlags.Scored), factsVersion, name, Pending);
        Pending.Writer.Subject(Board.IdOf(slot), flags, factsVersion, name);
        Relist(slot);
    }

    /// <summary>Folds one submission into a known subject's entry.</summary>
    /// <param name="slot">The subject.</param>
    /// <param name="score">Finite.</param>
    /// <param name="achievedAt">Microseconds since the Unix epoch.</param>
    /// <param name="name">Replaces the name; null leaves it.</param>
    /// <param name="metadata">Replaces the metadata when the score is applied; null leaves it, empty clears it.</param>
    public AggregationResult Submit(int slot, double score, long achievedAt, byte[]? name = null, byte[]? metadata = null)
    {
        var scored = (FlagsOf(slot) & SubjectFlags.Scored) != 0;
        EntryValue value;
        var result = scored
            ? AggregationRules.Fold(_rules.Aggregation, _rules.Direction, ValueOf(slot), score, achievedAt, out value)
            : AggregationRules.Open(_rules.Aggregation, score, achievedAt, out value);

        if (name is not null && name.AsSpan().SequenceEqual(NameOf(slot)))
            name = null;
        if (result != AggregationResult.Applied || (metadata is not null && metadata.AsSpan().SequenceEqual(MetadataOf(slot))))
            metadata = null;
        if (result == AggregationResult.NotFinite || (result == AggregationResult.Unchanged && name is null))
            return result;

        Remember(slot);
        ref var details = ref _entries[slot];
        if (!scored)
            details.CreatedAt = Pending.Time;
        details.UpdatedAt = Pending.Time;
        if (name is not null)
            _entries.Replace(ref details.Name, name, Pending);
        if (metadata is not null)
            _entries.Replace(ref details.Metadata, metadata, Pending);
        SetValue(slot, value);
        _entries.WriteRow(Pending.Writer, Board.IdOf(slot), value, name, metadata);
        return result;
    }

    /// <summary>Removes a subject's entry. Precondition: it has one.</summary>
    public void RemoveEntry(int slot)
    {
        Remember(slot);
        ClearEntry(slot, Pending);
        Pending.Writer.Remove(Board.IdOf(slot));
    }

    /// <summary>Leaves nothing of a subject, once that is durable; until then it is flagged and stands on no list.</summary>
    public void Forget(int slot)
    {
        Remember(slot);
        ClearEntry(slot, Pending);
        Board.Flags(slot) = (byte)SubjectFlags.Forgotten;
        Pending.ForgottenSlots.Add(slot);
        _forgetting++;
        Pending.Writer.Forget(Board.IdOf(slot));
    }

    /// <summary>Ends the season for good.</summary>
    public void Seal()
    {
        Pending.Seals |= !IsSealed;
        Pending.Writer.Sealed();
        IsSealed = true;
    }

    /// <summary>Everything up to that position has been taken from the source.</summary>
    public void Deliver(string source, long position)
    {
        Pending.Deliveries.Add((source, Delivered.Of(source)));
        Pending.Writer.Delivered(source, position);
        Delivered.Set(source, position);
    }

    /// <summary>Ends a group of changes: it has the next sequence.</summary>
    /// <param name="request">The request that a repeat would name.</param>
    /// <param name="outcome">Its answer, to be given to a repeat.</param>
    /// <param name="now">By the owner's clock, microseconds since the Unix epoch: gateways' clocks differ.</param>
    public void End(Guid request, byte[] outcome, long now)
    {
        Pending.Writer.Request(request, outcome);
        Pending.Requests.Add(request);
        End();
        Requests.Add(request, now, new RequestOutcome(Sequence, outcome));
    }

    /// <summary>Ends a group of changes that no request can repeat.</summary>
    public void End() => Pending.LastSequence = ++Sequence;

    /// <summary>Takes the pending set, to be handed to the store, and begins a new one.</summary>
    public ChangeSet Detach()
    {
        var detached = Pending;
        Pending = new ChangeSet(Sequence);
        return detached;
    }

    /// <summary>
    /// What the subjects that a set changed were before it, each once, in the order of the changes. To be read before the set is
    /// confirmed: then the texts that it replaced go.
    /// </summary>
    public IEnumerable<FormerState> FormerStates(ChangeSet set)
    {
        HashSet<int> seen = new(set.PreImages.Count);
        for (var i = 0; i < set.PreImages.Count; i++)
        {
            var image = set.PreImages[i];
            if (!seen.Add(image.Slot))
                continue;
            var isListed = !image.WasUnknown && (image.Flags & SubjectFlags.Scored) != 0 && IsListed(image.Flags, image.Value.Score);
            yield return new FormerState(image.Slot, isListed, image.Value.Score, image.Value.AchievedAt, image.Details.UpdatedAt, image.Details.Name);
        }
    }

    /// <summary>A former name in UTF-8, empty for none; good as long as the states it came with.</summary>
    public ReadOnlySpan<byte> NameOf(in FormerState former) => _entries.Read(former.Name);

    /// <summary>The set is durable: what it replaced goes.</summary>
    public void Confirm(ChangeSet set)
    {
        foreach (var text in set.ReplacedTexts)
            _entries.Free(text);
        foreach (var slot in set.ForgottenSlots)
            Drop(slot);
        _forgetting -= set.ForgottenSlots.Count;
    }

    /// <summary>The set will never be durable: what it replaced returns. Precondition: nothing younger is left.</summary>
    public void RollBack(ChangeSet set)
    {
        Debug.Assert(set.LastSequence == Sequence, "a younger set is still applied");
        for (var i = set.PreImages.Count - 1; i >= 0; i--)
            Restore(set.PreImages[i]);
        foreach (var text in set.AddedTexts)
            _entries.Free(text);
        foreach (var request in set.Requests)
            Requests.Remove(request);
        if (set.Seals)
            IsSealed = false;
        for (var i = set.Deliveries.Count - 1; i >= 0; i--)
            Delivered.Set(set.Deliveries[i].Source, set.Deliveries[i].Before);
        _forgetting -= set.ForgottenSlots.Count;
        Sequence = set.FirstSequence;
        if (Pending.IsEmpty)
            Pending = new ChangeSet(Sequence);
    }

    /// <summary>Rolls the pending set back.</summary>
    public void RollBackPending()
    {
        RollBack(Pending);
        Pending = new ChangeSet(Sequence);
    }

    /// <summary>Sets what a loaded or opened journal says.</summary>
    internal void LoadedUpTo(long sequence)
    {
        Sequence = sequence;
        Pending = new ChangeSet(sequence);
    }

    internal void AddLoadedRequest(Guid id, long at, byte[] outcome) => Requests.Add(id, at, new RequestOutcome(Sequence, outcome));

    /// <summary>About so many subjects are to be loaded. Only a hint, and without effect once there are some.</summary>
    internal void Expect(long subjects)
    {
        if (Board.SubjectCount == 0)
            Board = new Board(_rules.Direction, (int)Math.Clamp(subjects, 0, MostExpected));
    }

    /// <summary>Adds a subject that is not known, and nothing else of it.</summary>
    /// <returns>Its slot.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Add(ReadOnlySpan<byte> id)
    {
        var slot = Board.Add(id);
        _entries.EnsureCapacity(slot + 1);
        return slot;
    }

    /// <summary>A loaded subject record.</summary>
    internal void LoadSubject(int slot, SubjectFlags flags, long factsVersion, ReadOnlySpan<byte> name) =>
        Describe(slot, flags | (FlagsOf(slot) & SubjectFlags.Scored), factsVersion, name, null);

    /// <summary>A loaded row, all but its place in the order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ref EntryDetails LoadDetails(int slot, long time)
    {
        ref var details = ref _entries[slot];
        if ((FlagsOf(slot) & SubjectFlags.Scored) == 0)
            details.CreatedAt = time;
        details.UpdatedAt = time;
        return ref details;
    }

    internal void LoadText(ref TextHandle handle, ReadOnlySpan<byte> text) => _entries.Replace(ref handle, text, null);

    internal void LoadRemoval(int slot) => ClearEntry(slot, null);

    /// <summary>Leaves nothing of a subject at once.</summary>
    internal void Drop(int slot)
    {
        _entries.Drop(slot);
        Board.Remove(slot);
    }

    /// <summary>Gives an entry its value, and its place in the order unless it is hidden or too low.</summary>
    internal void SetValue(int slot, in EntryValue value)
    {
        ref var flags = ref Board.Flags(slot);
        flags |= (byte)SubjectFlags.Scored;
        _entries.SetParts(slot, value);
        if (IsListed((SubjectFlags)flags, value.Score))
            Board.Place(slot, value.Score, value.AchievedAt);
        else
            Board.SetUnlisted(slot, value.Score, value.AchievedAt);
    }

    /// <summary>The same while loading: <see cref="ListAll"/> gives all places at the end, at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void KeepValue(int slot, in EntryValue value)
    {
        Board.Flags(slot) |= (byte)SubjectFlags.Scored;
        _entries.SetParts(slot, value);
        Board.SetUnlisted(slot, value.Score, value.AchievedAt);
    }

    /// <summary>Gives all loaded entries their places.</summary>
    internal void ListAll()
    {
        for (var slot = 0; slot < Board.SlotCapacity; slot++)
        {
            if (Board.IsUsed(slot) && FlagsOf(slot) is var flags && (flags & SubjectFlags.Scored) != 0 && IsListed(flags, Board.ScoreOf(slot)))
                Board.Stage(slot);
        }

        Board.PlaceStaged();
    }

    internal void Relist(int slot)
    {
        if ((FlagsOf(slot) & SubjectFlags.Scored) != 0)
            SetValue(slot, ValueOf(slot));
    }

    /// <summary>One entry as a snapshot keeps it.</summary>
    internal void WriteForSnapshot(JournalWriter writer, int slot)
    {
        var flags = FlagsOf(slot);
        if ((flags & SubjectFlags.Forgotten) != 0)
            return;
        if ((flags & SubjectFlags.Scored) != 0)
            _entries.WriteEntry(writer, slot, Board.IdOf(slot), flags & ~SubjectFlags.Scored, ValueOf(slot));
        else
            writer.Subject(Board.IdOf(slot), flags, FactsVersionOf(slot), NameOf(slot));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Describe(int slot, SubjectFlags flags, long factsVersion, ReadOnlySpan<byte> name, ChangeSet? set)
    {
        Board.Flags(slot) = (byte)flags;
        ref var details = ref _entries[slot];
        details.FactsVersion = factsVersion;
        if (!name.SequenceEqual(_entries.Read(details.Name)))
            _entries.Replace(ref details.Name, name, set);
    }

    private void ClearEntry(int slot, ChangeSet? set)
    {
        Board.Unlist(slot);
        Board.Flags(slot) &= unchecked((byte)~SubjectFlags.Scored);
        ref var details = ref _entries[slot];
        if (details.Metadata.Length > 0)
            _entries.Replace(ref details.Metadata, default, set);
    }

    private void Remember(int slot) => Pending.PreImages.Add(new PreImage
    {
        Slot = slot,
        WasUnknown = false,
        Flags = FlagsOf(slot),
        Value = ValueOf(slot),
        Details = _entries[slot],
    });

    private void Restore(in PreImage image)
    {
        if (image.WasUnknown)
        {
            _entries[image.Slot] = default;
            Board.Remove(image.Slot);
            return;
        }

        _entries[image.Slot] = image.Details;
        Board.Flags(image.Slot) = (byte)image.Flags;
        if ((image.Flags & SubjectFlags.Scored) != 0)
            SetValue(image.Slot, image.Value);
        else
            Board.Unlist(image.Slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsListed(SubjectFlags flags, double score) =>
        (flags & SubjectFlags.Hidden) == 0 && (_rules.LeastListed is not { } least || score >= least);
}
