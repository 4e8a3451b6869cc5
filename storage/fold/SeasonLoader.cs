using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>
/// Folds what a store holds of a season into its state: a snapshot's slices, then the blobs after it, then <see cref="Finish"/>. A
/// million entries take less than a second: since records say what is, their places in the order are made once, at the end.
/// </summary>
public sealed class SeasonLoader(SeasonState state)
{
    private long _time;
    private int _described = -1;
    private bool _finished;

    /// <summary>Folds a slice of the snapshot, or a blob of the journal.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Add(ReadOnlySpan<byte> blob)
    {
        var reader = new JournalReader(blob);
        while (reader.Next(out var record))
            Fold(record, ref reader);
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

    private void Fold(JournalRecord record, ref JournalReader reader)
    {
        switch (record)
        {
            case JournalRecord.Time:
                _time = reader.Int64();
                break;
            case JournalRecord.Row:
                Row(ref reader);
                break;
            case JournalRecord.Subject:
                Subject(ref reader);
                break;
            case JournalRecord.Remove:
                if (state.Board.Find(reader.Text()) is >= 0 and var removed)
                    state.LoadRemoval(removed);
                break;
            case JournalRecord.Forget:
                if (state.Board.Find(reader.Text()) is >= 0 and var forgotten)
                    state.Drop(forgotten);
                break;
            case JournalRecord.Request:
                state.AddLoadedRequest(reader.Guid(), _time, reader.Text().ToArray());
                break;
            default:
                throw new InvalidDataException($"A journal holds a record of the unknown kind {(byte)record}.");
        }
    }

    private void Row(ref JournalReader reader)
    {
        var parts = (RowParts)reader.Byte();
        var slot = FindOrAdd(reader.Text());
        var score = reader.Double();
        var achievedAt = reader.Int64();
        ref var details = ref state.LoadDetails(slot, _time);
        if ((parts & RowParts.Name) != 0)
            state.LoadText(ref details.Name, reader.Text());
        if ((parts & RowParts.Metadata) != 0)
            state.LoadText(ref details.Metadata, reader.Text());
        var value = (parts & RowParts.Average) != 0
            ? new EntryValue(score, achievedAt, reader.Double(), reader.Int64())
            : new EntryValue(score, achievedAt);
        if ((parts & RowParts.Times) != 0)
        {
            details.CreatedAt = reader.Int64();
            details.UpdatedAt = reader.Int64();
        }

        if (_finished)
            state.SetValue(slot, value);
        else
            state.KeepValue(slot, value);
    }

    /// <summary>A snapshot has a subject's row right behind the subject: it need not be looked for twice.</summary>
    private int FindOrAdd(ReadOnlySpan<byte> id) =>
        _described >= 0 && state.Board.IsUsed(_described) && state.Board.IdOf(_described).SequenceEqual(id) ? _described : state.FindOrAdd(id);

    private void Subject(ref JournalReader reader)
    {
        var flags = (SubjectFlags)reader.Byte();
        var slot = _described = state.FindOrAdd(reader.Text());
        var version = reader.Int64();
        state.LoadSubject(slot, flags, version, reader.Text());
        if (_finished)
            state.Relist(slot);
    }
}
