using System.Runtime.CompilerServices;
using System.Text;
using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>
/// Folds what a store holds of a season into its state: a snapshot's slices, then the blobs after it, then <see cref="Finish"/>. A
/// million entries take half a second: since records say what is, their places in the order are made once, at the end, and subjects
/// are looked up in groups, whose waits for memory overlap.
/// </summary>
/// <remarks>
/// Seasons are loaded when the process is young, and most of a load would be over before its code is optimized: so what every record
/// passes through here, in the state and in the board is optimized when it is first compiled (<c>AggressiveOptimization</c>).
/// </remarks>
/// <param name="state">Empty.</param>
/// <param name="oldestRequest">The outcomes of requests received before are left out. Microseconds since the Unix epoch.</param>
public sealed class SeasonLoader(SeasonState state, long oldestRequest = long.MinValue)
{
    private const int GroupSize = 32;

    private readonly JournalItem[] _group = new JournalItem[GroupSize];
    private readonly int[] _idEnds = new int[GroupSize];
    private readonly int[] _slots = new int[GroupSize];
    private byte[] _ids = new byte[1024];
    private long _time;
    private bool _finished;

    /// <summary>Whether somebody was forgotten in what was folded: their traces are still where they stood before.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>Folds a slice of the snapshot, or a blob of the journal.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> blob)
    {
        var reader = new JournalReader(blob);
        int count;
        do
        {
            count = 0;
            while (count < GroupSize && reader.Next(out _group[count]))
                count++;
            Fold(reader, _group.AsSpan(0, count));
        }
        while (count == GroupSize);
    }

    /// <summary>Gives all entries their places.</summary>
    /// <param name="sequence">The last sequence that was folded.</param>
    public void Finish(long sequence)
    {
        state.ListAll();
        state.LoadedUpTo(sequence);
        _finished = true;
    }

    /// <summary>Folds a blob whose changes were rolled back although they have become durable.</summary>
    public static void AddLate(SeasonState state, ChangeSet set)
    {
        var loader = new SeasonLoader(state) { _finished = true };
        loader.Add(set.ToBlob().Span);
        state.LoadedUpTo(set.LastSequence);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold(scoped in JournalReader reader, ReadOnlySpan<JournalItem> group)
    {
        Find(reader, group);
        for (var i = 0; i < group.Length; i++)
            Fold(reader, group[i], _slots[i]);
    }

    /// <summary>Where the subjects of a group are, −1 for those not found; folding the group may add and drop some of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(scoped in JournalReader reader, ReadOnlySpan<JournalItem> group)
    {
        var length = 0;
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i].HasSubject)
            {
                var id = reader[group[i].Id];
                if (_ids.Length < length + id.Length)
                    Array.Resize(ref _ids, 2 * (length + id.Length));
                id.CopyTo(_ids.AsSpan(length));
                length += id.Length;
            }

            _idEnds[i] = length;
        }

        state.Find(_ids, _idEnds.AsSpan(0, group.Length), _slots.AsSpan(0, group.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold(scoped in JournalReader reader, in JournalItem item, int found)
    {
        switch (item.Kind)
        {
            case JournalRecord.Time:
                _time = item.Number;
                break;
            case JournalRecord.Size:
                state.Expect(item.Number);
                break;
            case JournalRecord.Request:
                if (_time >= oldestRequest)
                    state.AddLoadedRequest(item.Request, _time, reader[item.Id].ToArray());
                else
                    state.Requests.Forget(item.Request, _time);
                break;
            case JournalRecord.Forgotten:
                state.Requests.Forget(item.Request, _time);
                break;
            case JournalRecord.Remove:
                if (SlotOf(reader[item.Id], found) is >= 0 and var removed)
                    state.LoadRemoval(removed);
                break;
            case JournalRecord.Forget:
                HasForgotten = true;
                if (SlotOf(reader[item.Id], found) is >= 0 and var forgotten)
                    state.Drop(forgotten);
                break;
            case JournalRecord.Delivered:
                state.Delivered.Set(Encoding.UTF8.GetString(reader[item.Name]), item.Number);
                break;
            case JournalRecord.Sealed:
                state.IsSealed = true;
                break;
            default:
                FoldSubject(reader, item, found);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FoldSubject(scoped in JournalReader reader, in JournalItem item, int found)
    {
        var slot = SlotOf(reader[item.Id], found);
        if (slot < 0)
            slot = state.Add(reader[item.Id]);
        if (item.Kind != JournalRecord.Row)
            state.LoadSubject(slot, item.Flags, item.FactsVersion, reader[item.Name]);
        if (item.Kind != JournalRecord.Subject)
            FoldRow(reader, item, slot);
        else if (_finished)
            state.Relist(slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FoldRow(scoped in JournalReader reader, in JournalItem item, int slot)
    {
        ref var details = ref state.LoadDetails(slot, _time);
        if (item.Kind == JournalRecord.Row && (item.Parts & RowParts.Name) != 0)
            state.LoadText(ref details.Name, reader[item.Name]);
        if ((item.Parts & RowParts.Metadata) != 0)
            state.LoadText(ref details.Metadata, reader[item.Metadata]);
        if (item.Kind == JournalRecord.Entry || (item.Parts & RowParts.Times) != 0)
            (details.CreatedAt, details.UpdatedAt) = (item.CreatedAt, item.UpdatedAt);

        var value = new EntryValue(item.Score, item.AchievedAt, item.Total, item.Samples);
        if (_finished)
            state.SetValue(slot, value);
        else
            state.KeepValue(slot, value);
    }

    /// <summary>What was found may have been dropped since, and its slot gone to another; what was not found may have been added.</summary>
    private int SlotOf(ReadOnlySpan<byte> id, int found) =>
        found >= 0 && state.Board.IsUsed(found) && state.Board.IdOf(found).SequenceEqual(id) ? found : state.Board.Find(id);
}
