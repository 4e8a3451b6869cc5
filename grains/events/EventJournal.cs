using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Carries accepted events into an intake's journal, one blob after the other, and tells those who wait. What arrives while a blob is
/// under way goes into the next one. The journal's sequence counts events: it is their position.
/// </summary>
/// <remarks>
/// When a blob fails, it and everything younger is dropped, and whoever waited is told. When it is not known whether one was written, the
/// activation ends: the next one opens the journal, which settles it.
/// </remarks>
internal sealed partial class EventJournal(ActivationContext context, JournalHead head)
{
    /// <summary>A blob that has this much gets no further request.</summary>
    private const int BlobBytes = 1 << 20;

    private readonly ILogger _log = context.Logs.CreateLogger<EventJournal>();
    private List<AcceptedEvents> _pending = [];
    private Completion _pendingCompletion = new();
    private Completion _inFlightCompletion = new();
    private long _durable = head.LastSequence;
    private long _inFlightLast = head.LastSequence;
    private bool _flushing;

    /// <summary>Called with requests that are durable.</summary>
    public required Action<IReadOnlyList<AcceptedEvents>> Committed { get; init; }

    /// <summary>Called with requests that will never be.</summary>
    public required Action<IReadOnlyList<AcceptedEvents>> Dropped { get; init; }

    /// <summary>Up to where the events of this journal have been delivered.</summary>
    public required Func<long> Delivered { get; init; }

    /// <summary>The journal as it was opened.</summary>
    public JournalHead Head => head;

    /// <summary>The last position given out.</summary>
    public long Last { get; private set; } = head.LastSequence;

    /// <summary>The last durable position if what is under way succeeds.</summary>
    public long ExpectedLast => _inFlightLast;

    /// <summary>Bytes that wait to be written.</summary>
    public int PendingBytes { get; private set; }

    /// <summary>Bytes in the journal that may be trimmed.</summary>
    public long Bytes { get; set; }

    /// <summary>Another activation has the journal, or nobody knows what it holds: nothing may be accepted here any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>How many times requests were dropped.</summary>
    public int Drops { get; private set; }

    /// <summary>Adds a request whose first position is <see cref="Last"/> + 1.</summary>
    public void Append(AcceptedEvents request)
    {
        _pending.Add(request);
        PendingBytes += request.Events.Length;
        Last = request.Last;
    }

    /// <summary>Waits until all that was added so far is durable.</summary>
    public Task<WriteOutcome> WhenDurableAsync()
    {
        if (IsLost)
            return Task.FromResult(WriteOutcome.Lost);
        if (_pending.Count > 0)
        {
            if (!_flushing)
                _ = FlushAsync();
            return _pendingCompletion.Task;
        }

        return _inFlightLast == _durable ? Task.FromResult(WriteOutcome.Committed) : _inFlightCompletion.Task;
    }

    /// <summary>Ends this activation: the next one reads what is true.</summary>
    public void Lose()
    {
        if (IsLost)
            return;
        IsLost = true;
        _pendingCompletion.TrySetResult(WriteOutcome.Lost);
        LogLost(context.Key, head.Epoch);
        context.RequestDeactivation();
    }

    private async Task FlushAsync()
    {
        _flushing = true;
        try
        {
            while (_pending.Count > 0 && !IsLost)
            {
                // Let the requests that are queued behind this one add theirs: they go into the same blob.
                await Task.Yield();
                await FlushOnceAsync();
            }
        }
        catch (Exception e)
        {
            LogFailed(context.Key, e);
            Lose();
            _inFlightCompletion.TrySetResult(WriteOutcome.Lost);
        }
        finally
        {
            _flushing = false;
        }
    }

    private async Task FlushOnceAsync()
    {
        var requests = TakeBlob(out var waiting);
        var blob = EventBlob.Write(Delivered(), requests, withEvents: true);
        _inFlightLast = requests[^1].Last;
        _inFlightCompletion = waiting;
        var outcome = await context.Store.Journals.AppendAsync(new JournalAppend
        {
            Head = head,
            ExpectedLast = _durable,
            NewLast = _inFlightLast,
            Data = blob,
        });

        if (IsLost)
        {
            waiting.TrySetResult(WriteOutcome.Lost);
            return;
        }

        if (outcome == WriteOutcome.Committed)
        {
            _durable = _inFlightLast;
            Bytes += blob.Length;
            Committed(requests);
        }
        else
        {
            Drop(requests, outcome);
        }

        waiting.TrySetResult(outcome);
    }

    private List<AcceptedEvents> TakeBlob(out Completion waiting)
    {
        var (count, bytes) = (0, 0);
        while (count < _pending.Count && bytes < BlobBytes)
            bytes += _pending[count++].Events.Length;
        var taken = _pending.GetRange(0, count);
        _pending.RemoveRange(0, count);
        PendingBytes -= bytes;

        // Whoever waits for a later one waits for this one as well: they are told together, when the last is there.
        waiting = _pendingCompletion;
        if (_pending.Count > 0)
            waiting = new();
        else
            _pendingCompletion = new();
        return taken;
    }

    private void Drop(List<AcceptedEvents> requests, WriteOutcome outcome)
    {
        LogDropped(context.Key, requests.Count + _pending.Count, outcome);
        Drops++;
        var (younger, waiting) = (_pending, _pendingCompletion);
        _pending = [];
        _pendingCompletion = new();
        PendingBytes = 0;
        Last = _inFlightLast = _durable;
        Dropped([.. requests, .. younger]);
        waiting.TrySetResult(outcome);
        if (outcome != WriteOutcome.Failed)
            Lose();
    }

    private sealed class Completion() : TaskCompletionSource<WriteOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "Events of {Intake}: {Requests} requests were not stored: {Outcome}")]
    private partial void LogDropped(string intake, int requests, WriteOutcome outcome);

    [LoggerMessage(LogLevel.Warning, "Events of {Intake}: epoch {Epoch} is over; this activation ends")]
    private partial void LogLost(string intake, long epoch);

    [LoggerMessage(LogLevel.Error, "Events of {Intake}: writing the journal failed; this activation ends")]
    private partial void LogFailed(string intake, Exception exception);
}
