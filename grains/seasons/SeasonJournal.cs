using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Carries a season's changes into its journal, one blob after the other, and tells those who wait. All that is applied while a blob is
/// under way goes into the next one.
/// </summary>
/// <remarks>
/// When a blob fails, it and everything younger is rolled back, and whoever waited for any of it is told. When it is not known whether
/// one was written, the season shows the last durable state and takes no writes until the journal has been opened again, which settles
/// it: what has not taken effect by then never will.
/// </remarks>
internal sealed partial class SeasonJournal(ActivationContext context, SeasonState state, JournalHead head)
{
    /// <summary>Past this much waiting, writes are refused: the store does not keep up, and memory is finite.</summary>
    private const int MostPendingBytes = 64 << 20;

    /// <summary>How long those who wait for an unknown outcome are kept waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = context.Logs.CreateLogger<SeasonJournal>();
    private JournalHead _head = head;
    private ChangeSet? _inFlight;
    private Completion _inFlightCompletion = new();
    private Completion _pendingCompletion = new();
    private bool _flushing;
    private bool _inDoubt;

    /// <summary>Called with each set that has become durable, before the state confirms it: what it replaced can still be seen.</summary>
    public Action<ChangeSet>? Committed { get; set; }

    /// <summary>Called with each set whose fate is known, after the state took it over.</summary>
    public Action<ChangeSet>? Settled { get; set; }

    /// <summary>The journal as it is open now.</summary>
    public JournalHead Head => _head;

    /// <summary>The last durable sequence.</summary>
    public long DurableSequence { get; private set; } = head.LastSequence;

    /// <summary>The last durable sequence if what is under way succeeds.</summary>
    public long ExpectedSequence => _inFlight?.LastSequence ?? DurableSequence;

    /// <summary>How many times changes were rolled back.</summary>
    public int RollBacks { get; private set; }

    /// <summary>Bytes written since the last snapshot.</summary>
    public long BytesSinceSnapshot { get; set; }

    /// <summary>Whether, when it was opened, the journal or its snapshot still held what somebody left who was erased.</summary>
    public bool HeldErased { get; private init; }

    /// <summary>Another activation has the season: nothing may be written or read here any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether a change may be applied now.</summary>
    public bool TakesWrites => !IsLost && !_inDoubt && state.Pending.Length < MostPendingBytes;

    /// <summary>Takes a season over: opens its journal, and folds it into the state.</summary>
    /// <exception cref="StorageUnavailableException">The store does not answer, or another activation took over meanwhile.</exception>
    public static async Task<SeasonJournal> OpenAsync(ActivationContext context, SeasonState state)
    {
        var journals = context.Store.Journals;
        var head = await journals.OpenAsync(context.Key);
        var loader = new SeasonLoader(state, Timestamps.Now(context.Clock) - (long)RecentRequests.Retention.TotalMicroseconds);
        await foreach (var slice in journals.ReadSnapshotAsync(head))
            loader.Add(slice);

        var sequence = head.SnapshotSequence;
        var bytes = 0L;
        await foreach (var blob in journals.ReadAsync(head))
        {
            loader.Add(blob.Data);
            sequence = blob.LastSequence;
            bytes += blob.Data.Length;
        }

        // A newer owner may have truncated what was being read.
        if (sequence != head.LastSequence)
            throw new StorageUnavailableException($"Journal {context.Key} ends at {sequence}, its head says {head.LastSequence}.");
        loader.Finish(sequence);
        return new SeasonJournal(context, state, head) { BytesSinceSnapshot = bytes, HeldErased = loader.HasForgotten };
    }

    /// <summary>Waits until all that is applied now is durable.</summary>
    /// <returns>Committed, or the reason why some of it is not.</returns>
    public Task<WriteOutcome> WhenDurableAsync()
    {
        if (IsLost)
            return Task.FromResult(WriteOutcome.Lost);
        if (!state.Pending.IsEmpty)
        {
            // Flushing makes a new completion for those who come after.
            var completion = _pendingCompletion;
            if (!_flushing)
                _ = FlushAsync();
            return completion.Task;
        }

        return _inFlight is null ? Task.FromResult(WriteOutcome.Committed) : _inFlightCompletion.Task;
    }

    /// <summary>Something went wrong in the middle of a change: nothing of this activation can be trusted any more.</summary>
    public void Abandon()
    {
        Lose();
        _inFlightCompletion.TrySetResult(WriteOutcome.Lost);
        _pendingCompletion.TrySetResult(WriteOutcome.Lost);
    }

    private async Task FlushAsync()
    {
        _flushing = true;
        try
        {
            while (!state.Pending.IsEmpty && !IsLost && !_inDoubt)
            {
                // Behind the work that waits for the pool's threads now: the requests in it apply theirs to the same blob. So blobs grow
                // as processors become scarce, and nobody waits while they are idle.
                await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
                await FlushOnceAsync();
            }
        }
        catch (Exception e)
        {
            LogFlushFailed(context.Key, e);
            Abandon();
        }
        finally
        {
            _flushing = false;
        }
    }

    private async Task FlushOnceAsync()
    {
        var set = state.Detach();
        _inFlight = set;
        var waiting = _inFlightCompletion = _pendingCompletion;
        _pendingCompletion = new();

        var outcome = await context.Store.Journals.AppendAsync(new JournalAppend
        {
            Head = _head,
            ExpectedLast = DurableSequence,
            NewLast = set.LastSequence,
            Data = set.ToBlob(),
            Marks = set.Marks,
        });

        if (IsLost)
            return;
        if (outcome == WriteOutcome.Committed)
        {
            Committed?.Invoke(set);
            state.Confirm(set);
            Advance(set);
        }
        else
        {
            var younger = RollBack(set, outcome);
            _inDoubt = outcome == WriteOutcome.Unknown;
            if (outcome == WriteOutcome.Lost)
                Lose();
            younger.TrySetResult(outcome);
            if (_inDoubt)
                outcome = await SettleDoubtAsync(set, waiting);
        }

        _inFlight = null;
        Settled?.Invoke(set);
        set.LetGo();
        waiting.TrySetResult(outcome);
    }

    private void Advance(ChangeSet set)
    {
        DurableSequence = set.LastSequence;
        BytesSinceSnapshot += set.Length;
    }

    /// <summary>Takes the set and everything younger back.</summary>
    /// <returns>Who waits for the younger.</returns>
    private Completion RollBack(ChangeSet set, WriteOutcome outcome)
    {
        LogRolledBack(context.Key, set.FirstSequence, state.Sequence, outcome);
        RollBacks++;
        var younger = state.Pending;
        if (!younger.IsEmpty)
        {
            state.RollBackPending();
            Settled?.Invoke(younger);
            younger.LetGo();
        }

        state.RollBack(set);
        var waiting = _pendingCompletion;
        _pendingCompletion = new();
        return waiting;
    }

    private void Lose()
    {
        if (IsLost)
            return;
        IsLost = true;
        LogLost(context.Key, _head.Epoch);
        context.RequestDeactivation();
    }

    /// <summary>Opens the journal again, however long that takes, and takes the set's changes back in when they are there.</summary>
    private async Task<WriteOutcome> SettleDoubtAsync(ChangeSet set, Completion waiting)
    {
        var since = context.Clock.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, TimeSpan.TicksPerSecond)))
        {
            try
            {
                var opened = await context.Store.Journals.OpenAsync(context.Key);
                var settled = Judge(set, opened);
                _head = opened;
                _inDoubt = false;
                return settled;
            }
            catch (StorageUnavailableException e)
            {
                LogStillInDoubt(context.Key, e.Message);
            }

            if (context.Clock.GetElapsedTime(since) > Patience)
                waiting.TrySetResult(WriteOutcome.Unknown);
            await Task.Delay(pause, context.Clock);
            if (IsLost)
                return WriteOutcome.Lost;
        }
    }

    private WriteOutcome Judge(ChangeSet set, JournalHead opened)
    {
        if (opened.PreviousEpoch != _head.Epoch)
        {
            Lose();
            return WriteOutcome.Lost;
        }

        if (opened.LastSequence == set.LastSequence)
        {
            SeasonLoader.AddLate(state, set);
            Advance(set);
            return WriteOutcome.Committed;
        }

        return WriteOutcome.Failed;
    }

    /// <summary>Those who wait go on within the turn that sets it: it must be the last thing that turn does.</summary>
    private sealed class Completion : TaskCompletionSource<WriteOutcome>;

    [LoggerMessage(LogLevel.Warning, "Season {Season}: rolled back from sequence {Sequence} to {Durable}: {Outcome}")]
    private partial void LogRolledBack(string season, long durable, long sequence, WriteOutcome outcome);

    [LoggerMessage(LogLevel.Warning, "Season {Season}: epoch {Epoch} was taken over; this activation ends")]
    private partial void LogLost(string season, long epoch);

    [LoggerMessage(LogLevel.Warning, "Season {Season}: the outcome of the last write is unknown still: {Reason}")]
    private partial void LogStillInDoubt(string season, string reason);

    [LoggerMessage(LogLevel.Error, "Season {Season}: writing the journal failed; this activation ends")]
    private partial void LogFlushFailed(string season, Exception exception);
}
