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
    private readonly Queue<Blob> _pending = new();
    private Blob? _youngest;
    private Blob? _inFlight;
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
        if (_youngest is not { Bytes: < BlobBytes })
            _pending.Enqueue(_youngest = new Blob());
        _youngest.Add(request);
        PendingBytes += request.Events.Length;
        Last = request.Last;
    }

    /// <summary>Waits until all that was added so far is durable.</summary>
    public Task<WriteOutcome> WhenDurableAsync()
    {
        if (IsLost)
            return Task.FromResult(WriteOutcome.Lost);
        if (_youngest is { } youngest)
        {
            if (!_flushing)
                _ = FlushAsync();
            return youngest.Outcome;
        }

        return _inFlight?.Outcome ?? Task.FromResult(WriteOutcome.Committed);
    }

    /// <summary>Ends this activation: the next one reads what is true.</summary>
    public void Lose()
    {
        if (IsLost)
            return;
        IsLost = true;
        foreach (var blob in _pending)
            blob.End(WriteOutcome.Lost);
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
            _inFlight?.End(WriteOutcome.Lost);
        }
        finally
        {
            _flushing = false;
        }
    }

    private async Task FlushOnceAsync()
    {
        var blob = _inFlight = _pending.Dequeue();
        if (_pending.Count == 0)
            _youngest = null;
        PendingBytes -= blob.Bytes;
        var data = EventBlob.Write(Delivered(), blob.Requests, withEvents: true);
        _inFlightLast = blob.Requests[^1].Last;
        var outcome = await context.Store.Journals.AppendAsync(new JournalAppend
        {
            Head = head,
            ExpectedLast = _durable,
            NewLast = _inFlightLast,
            Data = data,
        });

        _inFlight = null;
        if (IsLost)
        {
            blob.End(WriteOutcome.Lost);
            return;
        }

        if (outcome == WriteOutcome.Committed)
        {
            _durable = _inFlightLast;
            Bytes += data.Length;
            Committed(blob.Requests);
        }
        else
        {
            Drop(blob.Requests, outcome);
        }

        blob.End(outcome);
    }

    private void Drop(IReadOnlyList<AcceptedEvents> requests, WriteOutcome outcome)
    {
        Blob[] younger = [.. _pending];
        AcceptedEvents[] all = [.. requests, .. younger.SelectMany(static blob => blob.Requests)];
        LogDropped(context.Key, all.Length, outcome);
        Drops++;
        _pending.Clear();
        _youngest = null;
        PendingBytes = 0;
        Last = _inFlightLast = _durable;
        Dropped(all);
        foreach (var blob in younger)
            blob.End(outcome);
        if (outcome != WriteOutcome.Failed)
            Lose();
    }

    /// <summary>Requests that are written together, and the end that those wait for who sent them.</summary>
    private sealed class Blob
    {
        private readonly TaskCompletionSource<WriteOutcome> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<AcceptedEvents> _requests = [];

        public IReadOnlyList<AcceptedEvents> Requests => _requests;

        public int Bytes { get; private set; }

        public Task<WriteOutcome> Outcome => _end.Task;

        public void Add(AcceptedEvents request)
        {
            _requests.Add(request);
            Bytes += request.Events.Length;
        }

        public void End(WriteOutcome outcome) => _end.TrySetResult(outcome);
    }

    [LoggerMessage(LogLevel.Warning, "Events of {Intake}: {Requests} requests were not stored: {Outcome}")]
    private partial void LogDropped(string intake, int requests, WriteOutcome outcome);

    [LoggerMessage(LogLevel.Warning, "Events of {Intake}: epoch {Epoch} is over; this activation ends")]
    private partial void LogLost(string intake, long epoch);

    [LoggerMessage(LogLevel.Error, "Events of {Intake}: writing the journal failed; this activation ends")]
    private partial void LogFailed(string intake, Exception exception);
}
