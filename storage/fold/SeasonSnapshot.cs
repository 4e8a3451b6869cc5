namespace Laurel.Storage;

/// <summary>
/// A snapshot in the making: walks the slots in slices, with changes going on between them. It is fuzzy: a slice shows its subjects as
/// they were when it was taken. Loaded together with the journal from <see cref="StartSequence"/> on, it gives the present state, since
/// every change made meanwhile is in both or in the journal alone.
/// </summary>
/// <param name="state">The season.</param>
/// <param name="startSequence">The last durable sequence now.</param>
public sealed class SeasonSnapshot(SeasonState state, long startSequence)
{
    private readonly JournalWriter _writer = new();
    private int _slot;
    private bool _requestsWritten;

    /// <summary>The journal up to here is what the snapshot stands for.</summary>
    public long StartSequence { get; } = startSequence;

    /// <summary>Takes the next slice.</summary>
    /// <param name="subjects">How many slots to walk.</param>
    /// <returns>The slice, good until the next call; empty when all has been taken.</returns>
    public ReadOnlyMemory<byte> NextSlice(int subjects)
    {
        _writer.Clear();
        var end = Math.Min(state.Board.SlotCapacity, _slot + subjects);
        for (; _slot < end; _slot++)
        {
            if (state.Board.IsUsed(_slot))
                state.WriteForSnapshot(_writer, _slot);
        }

        if (_slot == state.Board.SlotCapacity && !_requestsWritten)
        {
            _requestsWritten = true;
            foreach (var (id, at, outcome) in state.Requests.All())
            {
                _writer.Time(at);
                _writer.Request(id, outcome);
            }
        }

        if (_writer.IsEmpty && _slot < state.Board.SlotCapacity)
            return NextSlice(subjects);
        return _writer.IsEmpty ? default : _writer.Finish();
    }
}
