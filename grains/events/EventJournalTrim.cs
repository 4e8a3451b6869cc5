using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Drops from an intake's journal what has been delivered, once it has some megabytes. The ids move to records of their own first
/// (<see cref="EventIdSegments"/>), and the snapshot that takes the dropped part's place holds the recent requests alone.
/// </summary>
internal sealed partial class EventJournalTrim(
    ActivationContext context, EventJournal journal, EventIdSegments segments, RecentEventRequests recent, long start)
{
    private const long DueBytes = 4 << 20;

    private readonly ILogger _log = context.Logs.CreateLogger<EventJournalTrim>();
    private readonly Queue<(long Last, long Hour, ulong[] Ids)> _kept = [];
    private Task _running = Task.CompletedTask;
    private long _start = start;
    private int _taken;

    /// <summary>To be called with each request that is in the journal.</summary>
    public void Note(AcceptedEvents request) => _kept.Enqueue((request.Last, request.Hour, [.. request.Ids()]));

    /// <summary>To be called after deliveries, and when the journal has been read.</summary>
    public void TrimWhenDue()
    {
        if (journal.Bytes >= DueBytes && _running.IsCompleted && !journal.IsLost)
            _running = TrimAsync(journal.Delivered());
    }

    /// <summary>Waits for the one under way.</summary>
    public Task WhenIdleAsync() => _running;

    private async Task TrimAsync(long delivered)
    {
        try
        {
            var bytes = journal.Bytes;
            if (delivered <= _start || await WriteAsync(delivered) != WriteOutcome.Committed)
                return;
            journal.Bytes -= bytes;
            _start = delivered;
            while (_kept.TryPeek(out var request) && request.Last <= delivered)
                _kept.Dequeue();
            while (await context.Store.Journals.TruncateAsync(journal.Head) is { Outcome: WriteOutcome.Committed, More: true })
            {
                // A bounded number of blobs a time.
            }

            await segments.ForgetOldAsync(AcceptedEvents.HourOf(Timestamps.Now(context.Clock)));
        }
        catch (Exception e)
        {
            LogFailed(context.Key, e);
        }
    }

    private async Task<WriteOutcome> WriteAsync(long delivered)
    {
        // A request that is delivered in part is kept whole: its ids are in the segment and in the journal.
        var ids = _kept.TakeWhile(request => request.Last <= delivered).SelectMany(request => request.Ids.Select(id => (request.Hour, id))).ToList();
        var kept = await segments.KeepAsync(_start, journal.Head.Epoch, ids);
        if (kept != WriteOutcome.Committed)
            return kept;

        var snapshot = (journal.Head.Epoch << 20) + ++_taken;
        var drops = journal.Drops;
        var slice = EventBlob.Write(delivered, recent.All, withEvents: false);
        var written = await context.Store.Journals.WriteSliceAsync(journal.Head, snapshot, 0, slice);
        if (written == WriteOutcome.Committed)
            written = await journal.WhenDurableAsync();
        if (written != WriteOutcome.Committed || journal.Drops != drops)
            return WriteOutcome.Failed;
        return await context.Store.Journals.CommitSnapshotAsync(journal.Head, snapshot, delivered, journal.ExpectedLast);
    }

    [LoggerMessage(LogLevel.Error, "Events of {Intake}: dropping what was delivered failed; it is tried again")]
    private partial void LogFailed(string intake, Exception exception);
}
