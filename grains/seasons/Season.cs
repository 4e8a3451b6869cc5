using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="ISeason"/>
public class Season(ActivationContext context) : ISeason, IActivation
{
    private static readonly byte[] AllApplied = [];

    private readonly SeasonKey _key = SeasonKey.Parse(context.Key);
    private readonly SeasonStay _stay = new(context);
    private SeasonTerms? _terms; // Null when there never was such a season; then so are the others.
    private SeasonState _state = null!;
    private SeasonJournal _journal = null!;
    private SeasonSnapshots _snapshots = null!;
    private SubjectRegister _register = null!;
    private IdempotencyKeys _idempotency = null!;
    private SeasonFeed _feed = null!;
    private FinalStandingsWriter _final = null!;

    /// <inheritdoc/>
    public async Task LoadAsync()
    {
        var described = await DescribeAsync();
        if (described.Status == OutcomeStatus.NotFound)
        {
            context.RequestDeactivation();
            return;
        }

        if (described.Status != OutcomeStatus.Ok)
            throw new StorageUnavailableException($"The leaderboard of season {_key} answers {described.Status}.");

        var terms = new SeasonTerms(described.Record!, described.Season!);
        _state = new SeasonState(terms.Rules);
        _journal = await SeasonJournal.OpenAsync(context, _state);
        _snapshots = new SeasonSnapshots(context, _state, _journal);
        _register = new SubjectRegister(context, _state);
        _idempotency = new IdempotencyKeys(context);
        _feed = new SeasonFeed(context, _state, _journal);
        _final = new FinalStandingsWriter(context, _state, _journal, terms.Size);
        _journal.Committed = _feed.Tell;
        _journal.Settled = Settle;
        _terms = terms;
        _snapshots.TakeWhenDue();
    }

    /// <inheritdoc/>
    public async Task UnloadAsync()
    {
        await _stay.EndAsync();
        if (_terms is null)
            return;
        await _journal.WhenDurableAsync();
        await _snapshots.EndAsync();
        await _final.WhenIdleAsync();
    }

    /// <inheritdoc/>
    public async Task<ScoreOutcomes> SubmitAsync(ScoreBatch request)
    {
        var slots = new int[request.Count];
        try
        {
            while (true)
            {
                if (WriteRefusal(request.RequestId) is { } refusal)
                    return ScoreOutcomes.Failed(refusal);
                if (_state.Requests.TryGet(request.RequestId, out var earlier))
                    return await RepeatAsync(earlier);
                if (ScoreRefusal(request.ReceivedAt) is { } closed)
                    return ScoreOutcomes.Failed(closed);

                // While these are waited for, anything may happen: an end, a loss, the same request from elsewhere. Then all begins anew.
                var uses = await _idempotency.FindAsync(request);
                var newcomers = await _register.FindAsync(request, slots, _terms!.IsStrict);
                if (newcomers is null)
                    return ScoreOutcomes.Failed(OutcomeStatus.Unavailable);
                if (_state.IsForgetting)
                    await _journal.WhenDurableAsync();
                else if (WriteRefusal(request.RequestId) is null && !_state.Requests.TryGet(request.RequestId, out _) && ScoreRefusal(request.ReceivedAt) is null)
                    return await ApplyAsync(request, slots, newcomers, uses);
            }
        }
        catch (StorageUnavailableException)
        {
            return ScoreOutcomes.Failed(OutcomeStatus.Unavailable);
        }
    }

    /// <inheritdoc/>
    public async Task<EventsScored> ScoreEventsAsync(EventDelivery request)
    {
        // The board loses the events by that: it is asked whether it has begun to play since.
        if (EventRefusal(request) is OutcomeStatus.NotActive && !await TryRefreshTermsAsync())
            return EventsScored.Failed(OutcomeStatus.Unavailable);
        var slots = new int[request.Scores.Count];
        while (true)
        {
            if (EventRefusal(request) is { } refusal)
                return EventsScored.Failed(refusal);
            var left = slots.Length - NewOf(request);
            if (left == 0 || _state.IsSealed)
                return await WhenDurableAsync(new EventsScored(OutcomeStatus.Ok, left));

            var newcomers = await _register.FindAsync(request.Scores, slots, _terms!.IsStrict);
            if (newcomers is null)
                return EventsScored.Failed(OutcomeStatus.Unavailable);
            if (_state.IsForgetting)
                await _journal.WhenDurableAsync();
            else if (EventRefusal(request) is null && !_state.IsSealed && NewOf(request) is var first && first < slots.Length)
                return await ApplyAsync(request, first, slots, newcomers);
        }
    }

    /// <inheritdoc/>
    public async Task<AdjustmentsOutcome> AdjustAsync(AdjustScores request)
    {
        if (WriteRefusal(request.RequestId) is { } refusal)
            return AdjustmentsOutcome.Failed(refusal);
        if (_state.Requests.TryGet(request.RequestId, out var earlier))
            return await WhenDurableAsync(Wire.Deserialize<AdjustmentsOutcome>(earlier.Bytes));
        if (ScoreRefusal(request.ReceivedAt) is { } closed)
            return AdjustmentsOutcome.Failed(closed);

        var adjustments = new Adjustments(_state, _terms!, request);
        if (adjustments.WorkOut(out var isValid) is not { } results)
            return await WhenDurableAsync(AdjustmentsOutcome.Failed(OutcomeStatus.NotFound));
        if (!isValid)
            return await WhenDurableAsync(AdjustmentsOutcome.Failed(OutcomeStatus.Invalid));

        AdjustmentsOutcome outcome = null!;
        Change(request.ReceivedAt, () =>
        {
            outcome = new Adjustments(_state, _terms!, request).Apply(results);
            _state.End(request.RequestId, Wire.Serialize(outcome), Now);
        });
        return await WhenDurableAsync(outcome);
    }

    /// <inheritdoc/>
    public Task<EntryPage> ReadPageAsync(ReadPage request)
    {
        if (ReadRefusal() is { } refusal)
            return Task.FromResult(EntryPage.Failed(refusal));
        var view = View;
        return Task.FromResult(new EntryPage(
            OutcomeStatus.Ok, view.Total, _state.Sequence, view.Page(request.Offset, request.Limit, request.Ranks)));
    }

    /// <inheritdoc/>
    public Task<EntryOutcome> ReadEntryAsync(ReadEntry request)
    {
        if (ReadRefusal() is { } refusal)
            return Task.FromResult(EntryOutcome.Failed(refusal));
        var slot = _state.Board.Find(Encoding.UTF8.GetBytes(request.UserId));
        var view = View;
        if (slot < 0 || view.Entry(slot, request.Ranks) is not { } entry)
            return Task.FromResult(EntryOutcome.Failed(OutcomeStatus.NotFound));
        var neighbours = request.Around > 0 ? view.Around(slot, request.Around, request.Ranks) : null;
        return Task.FromResult(new EntryOutcome(OutcomeStatus.Ok, entry, neighbours, view.Total));
    }

    /// <inheritdoc/>
    public async Task<EntryOutcome> RemoveEntryAsync(RemoveEntry request)
    {
        if (WriteRefusal(request.RequestId) is { } refusal)
            return EntryOutcome.Failed(refusal);
        if (_state.Requests.TryGet(request.RequestId, out var earlier))
            return await WhenDurableAsync(Wire.Deserialize<EntryOutcome>(earlier.Bytes));
        if (_state.IsSealed)
            return EntryOutcome.Failed(OutcomeStatus.NotActive);

        var slot = _state.Board.Find(Encoding.UTF8.GetBytes(request.UserId));
        if (slot < 0 || (_state.FlagsOf(slot) & SubjectFlags.Scored) == 0)
            return await WhenDurableAsync(EntryOutcome.Failed(OutcomeStatus.NotFound));

        var removed = new EntryOutcome(OutcomeStatus.Ok, View.Entry(slot, RankStyle.Ordinal));
        Change(Now, () =>
        {
            _state.RemoveEntry(slot);
            _state.End(request.RequestId, Wire.Serialize(removed), Now);
        });
        return await WhenDurableAsync(removed);
    }

    /// <inheritdoc/>
    public async Task<Acknowledgement> ApplyPlayerChangesAsync(PlayerChanges request)
    {
        if (ChangeRefusal() is { } refusal)
            return Acknowledgement.Failed(refusal);
        var erased = false;
        Change(Now, () => erased = Apply(request));
        var outcome = await WhenDurableAsync(Acknowledgement.Ok);
        if (erased)
            _snapshots.Demand();
        if (!_state.IsSealed || outcome.Status != OutcomeStatus.Ok)
            return outcome;
        if (await _final.EnsureAsync() is not OutcomeStatus.Ok and var failure)
            return Acknowledgement.Failed(failure);
        _stay.EndAfterChange(_snapshots.WhenIdleAsync());
        return outcome;
    }

    /// <inheritdoc/>
    public Task<Acknowledgement> ObeyAsync(SeasonOrders request)
    {
        if (_terms is not null && request.Version >= _terms.Version)
        {
            _terms = _terms.With(request);
            _feed.TellTerms();
        }

        return Task.FromResult(Acknowledgement.Ok);
    }

    /// <inheritdoc/>
    public async Task<SeasonSealed> SealAsync(SealSeason request)
    {
        if (WriteRefusal() is { } refusal)
            return SeasonSealed.Failed(refusal);
        if (!_state.IsSealed)
        {
            Change(Now, () =>
            {
                _state.Seal();
                _state.End();
            });
        }

        var outcome = await WhenDurableAsync(new SeasonSealed(OutcomeStatus.Ok));
        if (outcome.Status == OutcomeStatus.Ok && await _final.EnsureAsync() is not OutcomeStatus.Ok and var failure)
            return SeasonSealed.Failed(failure);
        if (outcome.Status != OutcomeStatus.Ok)
            return outcome;
        _feed.TellSealed();
        return outcome with { Total = View.Total };
    }

    /// <inheritdoc/>
    public Task<SeasonHead> WatchAsync(WatchSeason request)
    {
        if (ReadRefusal() is { } refusal)
            return Task.FromResult(SeasonHead.Failed(refusal));
        _feed.Watch();
        return Task.FromResult(new SeasonHead(
            OutcomeStatus.Ok, _journal.Head.Epoch, _journal.DurableSequence, _terms!.Version, _terms.Status, _terms.EndsAt));
    }

    /// <inheritdoc/>
    public async Task<WindowsOutcome> ReadWindowsAsync(ReadWindows request)
    {
        // What was read and rolled back then is read again: after that nothing is left that is not durable.
        for (var attempt = 1; ; attempt++)
        {
            if (ReadRefusal() is { } refusal)
                return WindowsOutcome.Failed(refusal);
            var view = View;
            var outcome = new WindowsOutcome(
                OutcomeStatus.Ok, _journal.Head.Epoch, _state.Sequence, view.Total, [.. request.Windows.Select(view.Window)]);
            if (outcome.Sequence <= _journal.DurableSequence || await _journal.WhenDurableAsync() == WriteOutcome.Committed)
                return outcome;
            if (attempt == 3)
                return WindowsOutcome.Failed(OutcomeStatus.Unavailable);
        }
    }

    private SeasonView View => new(_state, _terms!.Size);

    private long Now => Timestamps.Now(context.Clock);

    private Task<ScoreOutcomes> ApplyAsync(ScoreBatch request, int[] slots, Newcomers newcomers, IdempotencyKeys.Use?[]? uses)
    {
        ScoreOutcomes outcomes = null!;
        Change(request.ReceivedAt, () =>
        {
            var (records, marks) = (_state.Pending.Length, _state.Pending.Marks.Count);
            var submission = new Submission(_state, _terms!, _idempotency, request) { Slots = slots, Newcomers = newcomers, Uses = uses };
            outcomes = submission.Apply(_state.Sequence + 1);
            if (_state.Pending.Length == records && _state.Pending.Marks.Count == marks)
                return;
            var isPlain = outcomes.Statuses is null && outcomes.Standings is null;
            _state.End(request.RequestId, isPlain ? AllApplied : Wire.Serialize(outcomes), Now);
        });
        return WhenDurableAsync(outcomes);
    }

    private Task<SeasonTermsOutcome> DescribeAsync() => context.Grains.CallAsync(
        _key.Leaderboard.ToString(),
        static (ILeaderboard board, DescribeSeason request) => board.DescribeSeasonAsync(request),
        new DescribeSeason(_key.Incarnation, _key.Window));

    /// <summary>Learns from the board by what terms the season goes.</summary>
    /// <returns>False when the board does not answer.</returns>
    private async Task<bool> TryRefreshTermsAsync()
    {
        var described = await DescribeAsync();
        if (described is not { Status: OutcomeStatus.Ok, Record: { } record, Season: { } season })
            return false;
        if (record.Version > _terms!.Version)
        {
            _terms = new SeasonTerms(record, season);
            _feed.TellTerms();
        }

        return true;
    }

    private Task<EventsScored> ApplyAsync(EventDelivery request, int first, int[] slots, Newcomers newcomers)
    {
        Change(request.Scores.ReceivedAt, () =>
        {
            var submission = new Submission(_state, _terms!, _idempotency, request.Scores)
            {
                Slots = slots,
                Newcomers = newcomers,
                Uses = null,
                First = first,
                IsDirect = false,
            };
            submission.Apply(_state.Sequence + 1);
            _state.Deliver(request.Source, request.Positions[^1]);
            _state.End();
        });
        return WhenDurableAsync(new EventsScored(OutcomeStatus.Ok));
    }

    /// <summary>The place of the first event that was not taken yet.</summary>
    private int NewOf(EventDelivery request)
    {
        var place = request.Positions.AsSpan().BinarySearch(_state.Delivered.Of(request.Source) + 1);
        return place < 0 ? ~place : place;
    }

    private OutcomeStatus? EventRefusal(EventDelivery request) =>
        WriteRefusal() is { } refusal ? refusal
        : _terms!.Status != LeaderboardStatus.Active ? OutcomeStatus.NotActive
        : !_terms.Covers(request.Scores.AchievedAt.AsSpan(NewOf(request))) ? OutcomeStatus.WrongWindow
        : null;

    private Task<ScoreOutcomes> RepeatAsync(RequestOutcome earlier) => WhenDurableAsync(
        earlier.Bytes.Length == 0
            ? new ScoreOutcomes { Status = OutcomeStatus.Ok, Sequence = earlier.Sequence }
            : Wire.Deserialize<ScoreOutcomes>(earlier.Bytes));

    private bool Apply(PlayerChanges request)
    {
        var erased = false;
        var changed = false;
        foreach (var (facts, isErased) in request.Changes)
        {
            _register.NoteChange(facts.UserId);
            var slot = _state.Board.Find(Encoding.UTF8.GetBytes(facts.UserId));
            if (slot < 0 || (_state.FlagsOf(slot) & SubjectFlags.Forgotten) != 0 || _state.FactsVersionOf(slot) >= facts.Version)
                continue;
            changed = true;
            erased |= isErased;
            if (isErased)
                _state.Forget(slot);
            else
                _state.Reclassify(slot, SubjectRegister.ToFlags(facts), facts.Version, Encoding.UTF8.GetBytes(facts.Name ?? ""));
        }

        if (changed)
            _state.End();
        return erased;
    }

    /// <summary>Runs changes that belong together. An exception in their midst leaves the activation unfit for anything.</summary>
    private void Change(long now, Action changes)
    {
        try
        {
            _state.Begin(now);
            changes();
        }
        catch
        {
            _journal.Abandon();
            throw;
        }
    }

    /// <summary>Gives the answer once all that is applied now is durable, or the failure in its place.</summary>
    private async Task<T> WhenDurableAsync<T>(T answer)
        where T : IOutcome<T> => await _journal.WhenDurableAsync() switch
        {
            WriteOutcome.Committed => answer,
            WriteOutcome.Lost or WriteOutcome.MarkTaken => T.Failed(OutcomeStatus.Moved),
            _ => T.Failed(OutcomeStatus.Unavailable),
        };

    private void Settle(ChangeSet set)
    {
        _idempotency.Settle(set);
        _snapshots.TakeWhenDue();
        _feed.TellHead();
    }

    /// <summary>Why no score is taken that was received then. Not asked for a repeat, whose scores were taken before.</summary>
    private OutcomeStatus? ScoreRefusal(long receivedAt) =>
        _state.IsSealed ? OutcomeStatus.WrongWindow
        : _terms!.Judge(receivedAt) is not OutcomeStatus.Ok and var judgement ? judgement
        : null;

    private OutcomeStatus? WriteRefusal() => ReadRefusal() ?? ChangeRefusal();

    /// <summary>The same for a request that may come late: whoever sent it has given it up, and a repeat of it may have been applied.</summary>
    private OutcomeStatus? WriteRefusal(Guid request) =>
        WriteRefusal() ?? (_state.Requests.MayBeForgotten(request) ? OutcomeStatus.Unavailable : null);

    /// <summary>Why the season cannot change. That of a deleted board can: players still leave its final standings, which stay readable.</summary>
    private OutcomeStatus? ChangeRefusal() =>
        _terms is null ? OutcomeStatus.NotFound
        : _journal.IsLost ? OutcomeStatus.Moved
        : !_journal.TakesWrites ? OutcomeStatus.Unavailable
        : null;

    /// <summary>Why the season cannot be read. Asked by whoever reads or scores, and so by those for whom it stays.</summary>
    private OutcomeStatus? ReadRefusal()
    {
        _stay.Prolong();
        return _terms is null || _terms.IsDeleted ? OutcomeStatus.NotFound
            : _journal.IsLost ? OutcomeStatus.Moved
            : null;
    }
}
