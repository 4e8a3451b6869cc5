using System.Collections;

namespace Laurel.Storage;

/// <summary>
/// A snapshot in the making: walks the subjects in slices, with changes going on between them. It is fuzzy: a slice shows its subjects
/// as they were when it was taken. Loaded together with the journal from <see cref="StartSequence"/> on, it gives the present state,
/// since every change made meanwhile is in both or in the journal alone.
/// </summary>
/// <remarks>
/// It walks by rank first: what is loaded in the order of the ranks needs hardly any sorting, and neighbours on a page then lie side by
/// side in memory. Entries that move meanwhile are met twice or not at all; so it notes whom it has met, and in the end walks all slots
/// for the others.
/// </remarks>
/// <param name="state">The season.</param>
/// <param name="startSequence">The last durable sequence now.</param>
public sealed class SeasonSnapshot(SeasonState state, long startSequence)
{
    /// <summary>Neighbours in rank may lie far from each other in memory: so many are fetched at a time.</summary>
    private const int Ahead = 32;

    private readonly JournalWriter _writer = new();
    private readonly BitArray _met = new(state.Board.SlotCapacity);
    private int[] _page = [];
    private int _rank;
    private int _slot;
    private bool _sizeWritten;
    private bool _restWritten;

    /// <summary>The journal up to here is what the snapshot stands for.</summary>
    public long StartSequence { get; } = startSequence;

    /// <summary>Takes the next slice.</summary>
    /// <param name="subjects">How many subjects to walk at the most.</param>
    /// <returns>The slice, good until the next call; empty when all has been taken.</returns>
    public ReadOnlyMemory<byte> NextSlice(int subjects)
    {
        _writer.Clear();
        if (!_sizeWritten)
        {
            _sizeWritten = true;
            _writer.Size(state.Board.SubjectCount);
        }

        bool more;
        do
            more = WalkRanks(subjects) || WalkSlots(subjects) || WriteRest();
        while (more && _writer.IsEmpty);
        return _writer.IsEmpty ? default : _writer.Finish();
    }

    /// <summary>Gives its memory back.</summary>
    public void LetGo() => _writer.LetGo();

    /// <summary>False when there are none left.</summary>
    private bool WalkRanks(int subjects)
    {
        if (_page.Length != subjects)
            _page = new int[subjects];
        var count = state.Board.Page(_rank, _page);
        _rank += count;
        for (var from = 0; from < count; from += Ahead)
        {
            var slots = _page.AsSpan(from, Math.Min(Ahead, count - from));
            state.Prefetch(slots);
            foreach (var slot in slots)
                Meet(slot);
        }

        return count > 0;
    }

    /// <summary>Those not listed, and those missed. False when there are none left. Slots newer than the snapshot are in the journal.</summary>
    private bool WalkSlots(int subjects)
    {
        for (; _slot < _met.Length && subjects > 0; _slot++)
        {
            if (!_met[_slot] && state.Board.IsUsed(_slot))
            {
                Meet(_slot);
                subjects--;
            }
        }

        return subjects == 0;
    }

    private void Meet(int slot)
    {
        if (slot >= _met.Length || _met[slot])
            return;
        _met[slot] = true;
        state.WriteForSnapshot(_writer, slot);
    }

    /// <summary>What is no subject. False when that was done before.</summary>
    private bool WriteRest()
    {
        if (_restWritten)
            return false;
        _restWritten = true;
        foreach (var (id, at, outcome) in state.Requests.All())
        {
            _writer.Time(at);
            _writer.Request(id, outcome);
        }

        foreach (var last in state.Requests.AllForgotten())
            _writer.Forgotten(last);
        foreach (var (source, position) in state.Delivered.All)
            _writer.Delivered(source, position);
        if (state.IsSealed)
            _writer.Sealed();
        return true;
    }
}
