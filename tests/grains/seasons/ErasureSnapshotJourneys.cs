using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;
using static Laurel.Grains.Tests.Seasons.SeasonJourney;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>What was erased leaves the disk by a snapshot, whatever comes between.</summary>
public sealed class ErasureSnapshotJourneys : IAsyncDisposable
{
    private const string Sum = """{"scoring":{"aggregation":"sum"}}""";
    private const string First = "ada-lovelace";
    private const string Second = "mary-somerville";
    private const string Stays = "sophie-germain";

    private readonly Dictionary<StoreMethod, int> _written = [];
    private Func<StoreCall, Fault> _plan = static _ => Fault.None;
    private FaultyStore _store = null!;
    private GrainCluster _cluster = null!;
    private string _season = null!;

    [Fact]
    public async Task Who_is_erased_while_a_snapshot_is_written_leaves_the_disk_too()
    {
        await StartAsync();
        HoldAfterAppend();
        Assert.Equal(OutcomeStatus.Ok, (await EraseAsync(First)).Status);
        await GrainCluster.UntilAsync(() => Task.FromResult(_store.HeldWrites == 1));
        var second = EraseAsync(Second);
        await GrainCluster.UntilAsync(() => Task.FromResult(_store.HeldWrites == 2));
        LetGo();

        Assert.Equal(OutcomeStatus.Ok, (await second).Status);
        await UntilTruncatedAsync(times: 2);
        await AssertBothAreGoneAsync();
    }

    [Theory]
    [InlineData(StoreMethod.WriteSlice)]
    [InlineData(StoreMethod.CommitSnapshot)]
    [InlineData(StoreMethod.Truncate)]
    public async Task A_snapshot_that_fails_is_taken_again(StoreMethod failing)
    {
        await StartAsync();
        _plan = Faults.Script(failing, Fault.Failed, Fault.Failed);
        await EraseAsync(First);
        await EraseAsync(Second);

        await UntilTruncatedAsync(times: failing == StoreMethod.Truncate ? 3 : 1);
        await AssertBothAreGoneAsync();
    }

    [Fact]
    public async Task A_crash_between_an_erasure_and_its_snapshot_leaves_it_to_the_next_start()
    {
        await StartAsync();
        await EraseAsync(First);
        await UntilTruncatedAsync(times: 1);
        HoldAfterAppend();
        Assert.Equal(OutcomeStatus.Ok, (await EraseAsync(Second)).Status);
        await _cluster.CrashAsync();
        LetGo();

        await ReadAsync();
        await UntilTruncatedAsync(times: 2);
        await AssertBothAreGoneAsync();
    }

    [Fact]
    public async Task A_crash_before_the_journal_is_truncated_leaves_that_to_the_next_start()
    {
        await StartAsync();
        _plan = call => call.Method == StoreMethod.Truncate ? Fault.Failed : Fault.None;
        await EraseAsync(First);
        await UntilTruncatedAsync(times: 1);
        await _cluster.CrashAsync();
        LetGo();

        await ReadAsync();
        await UntilTruncatedAsync(times: 2);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task StartAsync()
    {
        _cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => _store = new FaultyStore(inner) { Plan = Note });
        var journey = await SeasonJourney.StartAsync(_cluster, Sum);
        await journey.SubmitAsync(new Score(First, 1), new Score(Second, 2), new Score(Stays, 3));
        _season = await journey.KeyAsync();
    }

    private Fault Note(StoreCall call)
    {
        lock (_written)
            _written[call.Method] = _written.GetValueOrDefault(call.Method) + 1;
        return _plan(call);
    }

    private void HoldAfterAppend() => _plan = call =>
    {
        if (call.Method == StoreMethod.Append)
            _store.Hold();
        return Fault.None;
    };

    private void LetGo()
    {
        _plan = static _ => Fault.None;
        _store.Release();
    }

    private Task<Acknowledgement> EraseAsync(string userId) => _cluster.Grains.CallAsync(
        _season,
        static (ISeason season, PlayerChanges changes) => season.ApplyPlayerChangesAsync(changes),
        new PlayerChanges([new PlayerChange(new SubjectFacts(userId, false, false, null, long.MaxValue), Erased: true)]));

    private Task<EntryPage> ReadAsync() => _cluster.Grains.CallAsync(
        _season, static (ISeason season, ReadPage request) => season.ReadPageAsync(request), new ReadPage(0, 10));

    private Task UntilTruncatedAsync(int times) => GrainCluster.UntilAsync(() =>
    {
        _cluster.Clock.Advance(TimeSpan.FromMilliseconds(100));
        lock (_written)
            return Task.FromResult(_written.GetValueOrDefault(StoreMethod.Truncate) >= times);
    });

    private async Task AssertBothAreGoneAsync()
    {
        StringBuilder held = new();
        var head = await _cluster.Store.Journals.OpenAsync(_season);
        await foreach (var slice in _cluster.Store.Journals.ReadSnapshotAsync(head))
            held.Append(Encoding.Latin1.GetString(slice));
        await foreach (var blob in _cluster.Store.Journals.ReadAsync(head))
            held.Append(Encoding.Latin1.GetString(blob.Data));
        Assert.Contains(Stays, $"{held}", StringComparison.Ordinal);
        Assert.DoesNotContain(First, $"{held}", StringComparison.Ordinal);
        Assert.DoesNotContain(Second, $"{held}", StringComparison.Ordinal);
    }
}
