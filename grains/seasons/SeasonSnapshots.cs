using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Takes snapshots of a season while it goes on: when its journal has outgrown its state, when something was erased, and when it comes
/// to rest with a journal that whoever reads it next, cold by then, would wait for. A snapshot counts only once everything applied while
/// it was taken is durable; a roll-back meanwhile discards it. One that was asked for is then taken again.
/// </summary>
internal sealed partial class SeasonSnapshots(ActivationContext context, SeasonState state, SeasonJournal journal)
{
    /// <summary>Subjects walked in one turn: less than half a millisecond, which reads may have to wait.</summary>
    private const int SubjectsPerSlice = 1024;

    /// <summary>What a subject takes in a snapshot, about.</summary>
    private const int BytesPerSubject = 64;

    /// <summary>A journal smaller than this is read faster than a snapshot is written.</summary>
    private const int LeastBytes = 1 << 20;

    /// <summary>A season at rest keeps that part of the journal that one at work may have: bursts must not cost a snapshot each.</summary>
    private const int RestingPart = 8;

    /// <summary>A season that is not written to for so long is at rest.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>After a snapshot that came to nothing; doubled up to the longest while that goes on.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ILogger _log = context.Logs.CreateLogger<SeasonSnapshots>();
    private Task _running = Task.CompletedTask;
    private readonly CancellationTokenSource _ending = new();
    // Whoever erased somebody, or took the last snapshot, may have been killed before it was done.
    private bool _wanted = journal.HeldErased;
    private bool _isTidy = journal.Head.Snapshot is null;
    private bool _awaitsRest;
    private int _taken;

    /// <summary>Asks for a snapshot that begins after this, whatever the journal's size: what was erased must leave the disk.</summary>
    public void Demand()
    {
        _wanted = true;
        TakeWhenDue();
    }

    /// <summary>To be called after each commit, and when the season has been loaded.</summary>
    public void TakeWhenDue()
    {
        if (HasWork)
            Take();
        if (!IsDue && !_awaitsRest && journal.BytesSinceSnapshot > MostBytesAtRest)
            _ = TakeAtRestAsync();
    }

    /// <summary>Waits for the one being taken.</summary>
    public Task WhenIdleAsync() => _running;

    /// <summary>Takes no more, and waits for the one being taken.</summary>
    public Task EndAsync()
    {
        _ending.Cancel();
        return _running;
    }

    private bool HasWork => IsDue || !_isTidy;

    private bool IsDue => _wanted || journal.BytesSinceSnapshot > MostBytes;

    private long MostBytes => Math.Max(LeastBytes, (long)state.Board.SubjectCount * BytesPerSubject);

    private long MostBytesAtRest => Math.Max(LeastBytes, MostBytes / RestingPart);

    private void Take()
    {
        if (_running.IsCompleted && journal.TakesWrites && !_ending.IsCancellationRequested)
            _running = TakeAllAsync();
    }

    private async Task TakeAtRestAsync()
    {
        _awaitsRest = true;
        try
        {
            long last;
            do
            {
                last = journal.DurableSequence;
                await Task.Delay(Rest, context.Clock, _ending.Token);
            }
            while (last != journal.DurableSequence);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _awaitsRest = false;
        if (journal.BytesSinceSnapshot > MostBytesAtRest)
            Demand();
    }

    private async Task TakeAllAsync()
    {
        // The turn that found it due has answers to give first.
        await Task.Yield();
        try
        {
            for (var pause = FirstPause; HasWork && journal.TakesWrites && !_ending.IsCancellationRequested;)
            {
                if (await TryTakeAsync())
                    continue;
                // What only saves a long journal comes again with the next commit.
                if (!_wanted && _isTidy)
                    return;
                await Task.Delay(pause, context.Clock, _ending.Token);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever loads it next finds out what is due.
        }
    }

    /// <summary>Takes one when it is due, and drops what it stands for.</summary>
    private async Task<bool> TryTakeAsync()
    {
        var wanted = _wanted;
        try
        {
            if (IsDue)
            {
                // Who asks meanwhile wants another.
                _wanted = false;
                var before = journal.BytesSinceSnapshot;
                if (await WriteAsync() is not WriteOutcome.Committed and var outcome)
                {
                    _wanted |= wanted;
                    LogDiscarded(context.Key, outcome);
                    return false;
                }

                journal.BytesSinceSnapshot -= before;
                _isTidy = false;
            }

            while (!_isTidy)
            {
                var (outcome, more) = await context.Store.Journals.TruncateAsync(journal.Head);
                if (outcome != WriteOutcome.Committed)
                    return false;
                _isTidy = !more;
            }

            return true;
        }
        catch (Exception e)
        {
            _wanted |= wanted;
            LogFailed(context.Key, e);
            return false;
        }
    }

    private async Task<WriteOutcome> WriteAsync()
    {
        var head = journal.Head;
        var rollBacks = journal.RollBacks;
        var snapshot = new SeasonSnapshot(state, journal.DurableSequence);
        var id = (head.Epoch << 20) + ++_taken;
        for (var slice = 0; ; slice++)
        {
            var data = snapshot.NextSlice(SubjectsPerSlice);
            if (data.IsEmpty)
            {
                snapshot.LetGo();
                break;
            }

            var written = await context.Store.Journals.WriteSliceAsync(head, id, slice, data);
            if (written != WriteOutcome.Committed)
                return written;
        }

        var durable = await journal.WhenDurableAsync();
        if (durable != WriteOutcome.Committed)
            return durable;
        return journal.RollBacks == rollBacks
            ? await context.Store.Journals.CommitSnapshotAsync(head, id, snapshot.StartSequence, journal.ExpectedSequence)
            : WriteOutcome.Failed;
    }

    [LoggerMessage(LogLevel.Information, "Season {Season}: a snapshot was discarded: {Outcome}")]
    private partial void LogDiscarded(string season, WriteOutcome outcome);

    [LoggerMessage(LogLevel.Error, "Season {Season}: taking a snapshot failed")]
    private partial void LogFailed(string season, Exception exception);
}
