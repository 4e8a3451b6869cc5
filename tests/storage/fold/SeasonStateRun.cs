using System.Text;

namespace Laurel.Storage.Tests;

/// <summary>One random life of a season beside its model, with a journal that commits or fails as chance has it.</summary>
internal sealed class SeasonStateRun(SeasonRules rules, Random random)
{
    private const string Source = "acme/0";

    /// <summary>After so long, nothing that came before is kept.</summary>
    private const long LongMicros = 31_000_000;

    private readonly List<(long LastSequence, byte[] Blob)> _journal = [];
    private readonly List<Guid> _requests = [];
    private SeasonState _state = new(rules);
    private SeasonModel _model = new(rules);
    private SeasonModel _durable = new(rules);
    private (ChangeSet Set, SeasonModel After)? _inFlight;
    private (SeasonSnapshot Snapshot, List<byte[]> Slices)? _taking;
    private (long Sequence, List<byte[]> Slices)? _snapshot;
    private long _now = 1_000;
    private int _lastRequest;

    public int Reloads { get; private set; }

    public int SnapshotsCommitted { get; private set; }

    public int RollBacks { get; private set; }

    public void Step()
    {
        switch (random.Next(20))
        {
            case < 12:
                Change();
                break;
            case < 14:
                Detach();
                break;
            case < 16:
                Settle();
                break;
            case < 18:
                TakeSlice();
                break;
            case 18:
                AssertSame(_state, _model);
                break;
            default:
                if (random.Next(4) == 0)
                    Reload();
                break;
        }
    }

    private void Change()
    {
        _now += random.Next(40) == 0 ? LongMicros : random.Next(3);
        _state.Begin(_now);
        for (var i = random.Next(1, 5); i > 0; i--)
            ChangeOne(Id());
        if (random.Next(3) == 0)
            _state.Deliver(Source, _model.Delivered += random.Next(1, 10));
        if (random.Next(60) == 0)
        {
            _state.Seal();
            _model.IsSealed = true;
        }

        var request = NextRequest();
        _requests.Add(request);
        _state.End(request, request.ToByteArray(), _now);
        _model.Requests.Add(request);
        _model.Sequence++;
    }

    private void ChangeOne(string id)
    {
        var slot = _state.Board.Find(Utf8(id));
        var isForgotten = slot >= 0 && (_state.FlagsOf(slot) & SubjectFlags.Forgotten) != 0;
        if (isForgotten)
            return;
        if (slot < 0)
        {
            var name = Text();
            slot = _state.Introduce(Utf8(id), SubjectFlags.Registered, 1, Utf8(name));
            _model.Subjects.Add(id, new(SubjectFlags.Registered, 1, name));
        }

        var subject = _model.Subjects[id];
        switch (random.Next(12))
        {
            case 0 when subject.Value is not null:
                _state.RemoveEntry(slot);
                _model.Subjects[id] = subject with { Value = null, Metadata = "" };
                break;
            case 1:
                _state.Forget(slot);
                _model.Subjects.Remove(id);
                break;
            case 2 or 3:
                var flags = random.Next(2) == 0 ? SubjectFlags.Registered | SubjectFlags.Hidden : SubjectFlags.Registered;
                var renamed = Text();
                _state.Reclassify(slot, flags, subject.FactsVersion + 1, Utf8(renamed));
                _model.Subjects[id] = subject with { Flags = flags, FactsVersion = subject.FactsVersion + 1, Name = renamed };
                break;
            default:
                Submit(id, slot);
                break;
        }
    }

    private void Submit(string id, int slot)
    {
        double score = random.Next(10) switch { 0 => double.MaxValue, 1 => -0.0, 2 => random.NextDouble(), _ => random.Next(-3, 8) };
        var achievedAt = _now - random.Next(5);
        var name = random.Next(4) == 0 ? Text() : null;
        var metadata = random.Next(4) == 0 ? Text() : null;
        var result = _state.Submit(slot, score, achievedAt, name is null ? null : Utf8(name), metadata is null ? null : Utf8(metadata));
        Assert.Equal(_model.Submit(id, score, achievedAt, name, metadata, _now), result);
    }

    private void Detach()
    {
        if (_inFlight is null && !_state.Pending.IsEmpty)
            _inFlight = (_state.Detach(), _model.Copy());
    }

    private void Settle()
    {
        if (random.Next(5) > 0)
            Commit();
        else if (_inFlight is { } flight)
            RollBack(flight.Set);
    }

    private void Commit()
    {
        if (_inFlight is not { } flight)
            return;
        _inFlight = null;
        _journal.Add((flight.Set.LastSequence, flight.Set.ToBlob().ToArray()));
        _state.Confirm(flight.Set);
        _durable = flight.After;
    }

    private void RollBack(ChangeSet set)
    {
        RollBacks++;
        _inFlight = null;
        _taking = null;
        if (!_state.Pending.IsEmpty)
            _state.RollBackPending();
        _state.RollBack(set);
        _model = _durable.Copy();
        AssertSame(_state, _model);
    }

    /// <summary>Takes a slice, or ends the snapshot when all is taken: by the rule that all applied by then must be durable.</summary>
    private void TakeSlice()
    {
        _taking ??= (new SeasonSnapshot(_state, _durable.Sequence), []);
        var slice = _taking.Value.Snapshot.NextSlice(random.Next(1, 20));
        if (!slice.IsEmpty)
        {
            _taking.Value.Slices.Add(slice.ToArray());
            return;
        }

        Commit();
        Detach();
        Commit();
        _snapshot = (_taking.Value.Snapshot.StartSequence, _taking.Value.Slices);
        _journal.RemoveAll(blob => blob.LastSequence <= _snapshot.Value.Sequence);
        _taking = null;
        SnapshotsCommitted++;
    }

    private void Reload()
    {
        Reloads++;
        _inFlight = null;
        _taking = null;
        _state = new SeasonState(rules);
        var loader = new SeasonLoader(_state, _now - (long)RecentRequests.Retention.TotalMicroseconds);
        foreach (var slice in _snapshot?.Slices ?? [])
            loader.Add(slice);
        foreach (var (_, blob) in _journal)
            loader.Add(blob);
        loader.Finish(_durable.Sequence);
        _model = _durable.Copy();
        AssertSame(_state, _model);
    }

    private void AssertSame(SeasonState state, SeasonModel model)
    {
        Assert.Equal(model.Sequence, state.Sequence);
        Assert.Equal((model.Delivered, model.IsSealed), (state.Delivered.Of(Source), state.IsSealed));
        foreach (var (id, subject) in model.Subjects)
        {
            var slot = state.Board.Find(Utf8(id));
            Assert.True(slot >= 0, $"{id} is not known");
            Assert.Equal(subject.Flags, state.FlagsOf(slot) & ~SubjectFlags.Scored);
            Assert.Equal(subject.Value is not null, (state.FlagsOf(slot) & SubjectFlags.Scored) != 0);
            Assert.Equal(subject.FactsVersion, state.FactsVersionOf(slot));
            Assert.Equal(subject.Name, Encoding.UTF8.GetString(state.NameOf(slot)));
            Assert.Equal(subject.Metadata, Encoding.UTF8.GetString(state.MetadataOf(slot)));
            if (subject.Value is not { } value)
                continue;
            Assert.Equal(value, state.ValueOf(slot));
            Assert.Equal((subject.CreatedAt, subject.UpdatedAt), (state.CreatedAtOf(slot), state.UpdatedAtOf(slot)));
        }

        var slots = new int[state.Board.SubjectCount];
        var listed = state.Board.Page(0, slots);
        Assert.Equal(model.Order(), slots.Take(listed).Select(slot => Encoding.UTF8.GetString(state.Board.IdOf(slot))));
        foreach (var request in _requests)
        {
            var isKept = state.Requests.TryGet(request, out _);
            Assert.True(model.Requests.Contains(request) ? isKept || state.Requests.MayBeForgotten(request) : !isKept, $"{request}");
        }

        Assert.False(state.Requests.MayBeForgotten(NextRequest()));
    }

    /// <summary>Of one of three processes that count their requests.</summary>
    private Guid NextRequest() => new($"{random.Next(3):x8}-0000-8000-8000-{++_lastRequest:x12}");

    private string Id() => $"player {random.Next(40)}";

    private string Text() => new('x', random.Next(30));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
