using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="IEventIntake"/>
/// <remarks>
/// Accepting is one blob in the intake's journal, with the events and so with their ids; that is what the answer waits for. Delivery
/// follows from memory, or after a crash from the journal. The ids of the last 24 hours are in memory (<see cref="EventIdSet"/>), read
/// back from the journal and from the segments that trimming it has left (<see cref="EventJournalTrim"/>).
/// </remarks>
public class EventIntake(ActivationContext context) : IEventIntake, IActivation
{
    /// <summary>Past this much undelivered or unwritten, events are refused: the seasons do not keep up, and memory is finite.</summary>
    private const long MostWaitingBytes = 32 << 20;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly EventIdSet _ids = new();
    private readonly RecentEventRequests _recent = new();
    private readonly EventOutboxMarker _marker = new(context.Store.Records, context.Key);
    private EventJournal _journal = null!;
    private EventJournalTrim _trim = null!;
    private EventOutbox _outbox = null!;
    private long _acceptedAt = context.Clock.GetTimestamp();

    /// <summary>Past this many ids of the last 24 hours, events are refused.</summary>
    public int MostIds { get; init; } = EventIdSet.Most;

    /// <inheritdoc/>
    public async Task LoadAsync()
    {
        var journals = context.Store.Journals;
        var head = await journals.OpenAsync(RecordKeys.EventJournal(context.Key));
        EventIdSegments segments = new(context.Store.Records, context.Key);
        await segments.LoadAsync(_ids, Hour);
        await foreach (var slice in journals.ReadSnapshotAsync(head))
            EventBlob.Read(slice).Requests.ForEach(_recent.Add);

        List<AcceptedEvents> stored = [];
        var delivered = head.SnapshotSequence;
        var bytes = 0L;
        await foreach (var blob in journals.ReadAsync(head))
        {
            var (upTo, requests) = EventBlob.Read(blob.Data);
            delivered = Math.Max(delivered, upTo);
            stored.AddRange(requests);
            bytes += blob.Data.Length;
        }

        _journal = new EventJournal(context, head) { Committed = Deliver, Dropped = Forget, Delivered = () => _outbox.Delivered, Bytes = bytes };
        _trim = new EventJournalTrim(context, _journal, segments, _recent, head.SnapshotSequence);
        var round = new EventRound(context, context.Key, new TenantBoards(context.Store.Records, EventsKey.Parse(context.Key).Tenant));
        _outbox = new EventOutbox(context, round, delivered) { Advanced = _trim.TrimWhenDue };
        foreach (var request in stored)
            TakeBack(request);
        _outbox.Add([.. stored.Where(request => request.Last > delivered)]);
        _trim.TrimWhenDue();
    }

    /// <inheritdoc/>
    public async Task UnloadAsync()
    {
        await _journal.WhenDurableAsync();
        _outbox.Stop();
        await _trim.WhenIdleAsync();
        if (_outbox.IsEmpty && !_journal.IsLost)
            await _marker.ClearAsync();
    }

    /// <inheritdoc/>
    public async Task<EventsAccepted> AcceptAsync(EventBatch request)
    {
        if (_journal.IsLost)
            return EventsAccepted.Failed(OutcomeStatus.Moved);
        if (_recent.Find(request.RequestId) is { } earlier)
            return await WhenDurableAsync(earlier.Outcome);
        _acceptedAt = context.Clock.GetTimestamp();
        if (_outbox.WaitingBytes + _journal.PendingBytes > MostWaitingBytes || _ids.CountLive(Hour) >= MostIds)
            return EventsAccepted.Failed(OutcomeStatus.Busy);
        return await WhenDurableAsync(Take(request));
    }

    /// <inheritdoc/>
    public async Task<Acknowledgement> DrainAsync(DrainEvents request)
    {
        if (_journal.IsLost)
            return Acknowledgement.Failed(OutcomeStatus.Moved);
        var last = _journal.Last;
        var durable = await _journal.WhenDurableAsync();
        if (durable == WriteOutcome.Lost)
            return Acknowledgement.Failed(OutcomeStatus.Moved);

        // What was not stored has no position any more.
        if (!await _outbox.WhenDeliveredAsync(durable == WriteOutcome.Committed ? last : _journal.Last, DrainPatience))
            return Acknowledgement.Failed(OutcomeStatus.Unavailable);
        if (IsQuiet)
            await _marker.ClearAsync();
        return Acknowledgement.Ok;
    }

    /// <summary>Whether nothing is left to be delivered, and nothing came for a while: whoever looks for work need not look here.</summary>
    private bool IsQuiet => _outbox.IsEmpty && !_journal.IsLost && _journal.Last == _outbox.Delivered && context.Clock.GetElapsedTime(_acceptedAt) > Quiet;

    private long Hour => AcceptedEvents.HourOf(Timestamps.Now(context.Clock));

    /// <summary>Takes the events in that are new, in one turn.</summary>
    private EventsAccepted Take(EventBatch request)
    {
        var now = Timestamps.Now(context.Clock);
        var hour = AcceptedEvents.HourOf(now);
        List<int> duplicates = [];
        List<Range> added = [];
        var count = 0;
        for (var at = 0; at < request.Events.Length; count++)
        {
            var next = new EventReader(request.Events.AsSpan(at));
            if (_ids.TryAdd(next.Id, hour))
                added.Add(at..(at + next.Length));
            else
                duplicates.Add(count);
            at += next.Length;
        }

        if (added.Count == 0)
            return new EventsAccepted(OutcomeStatus.Ok, 0, duplicates);
        byte[] events = duplicates.Count == 0 ? request.Events : [.. added.SelectMany(range => request.Events[range])];
        AcceptedEvents accepted = new(request.RequestId, now, _journal.Last + 1, added.Count, events, [.. duplicates]);
        _journal.Append(accepted);
        _recent.Add(accepted);
        return accepted.Outcome;
    }

    /// <summary>Gives the answer once all that was taken so far is durable, and known to be there at the next start.</summary>
    private async Task<EventsAccepted> WhenDurableAsync(EventsAccepted answer)
    {
        var durable = _journal.WhenDurableAsync();
        var isMarked = await _marker.SetAsync();
        return await durable switch
        {
            WriteOutcome.Committed => isMarked ? answer : EventsAccepted.Failed(OutcomeStatus.Unavailable),
            WriteOutcome.Lost => EventsAccepted.Failed(OutcomeStatus.Moved),
            _ => EventsAccepted.Failed(OutcomeStatus.Unavailable),
        };
    }

    private void Deliver(IReadOnlyList<AcceptedEvents> requests)
    {
        foreach (var request in requests)
            _trim.Note(request);
        _outbox.Add(requests);
    }

    private void Forget(IReadOnlyList<AcceptedEvents> requests)
    {
        foreach (var request in requests)
        {
            _recent.Remove(request.RequestId);
            foreach (var id in request.Ids())
                _ids.Remove(id, request.Hour);
        }
    }

    /// <summary>A request as the journal has it.</summary>
    private void TakeBack(AcceptedEvents request)
    {
        _recent.Add(request);
        _trim.Note(request);
        if (EventIdSet.IsOld(request.Hour, Hour))
            return;
        foreach (var id in request.Ids())
            _ids.TryAdd(id, request.Hour);
    }
}
