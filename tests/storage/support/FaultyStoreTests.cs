using Laurel.Tests.Support;

namespace Laurel.Storage.Tests;

/// <summary>The store that fails on purpose does what its faults say, and nothing that a database could not do.</summary>
public sealed class FaultyStoreTests : StoreTests<SqliteDatabase>
{
    [Theory]
    [InlineData(Fault.None, WriteOutcome.Committed, 1)]
    [InlineData(Fault.Failed, WriteOutcome.Failed, 0)]
    [InlineData(Fault.Lost, WriteOutcome.Lost, 0)]
    [InlineData(Fault.UnknownNotWritten, WriteOutcome.Unknown, 0)]
    [InlineData(Fault.UnknownWritten, WriteOutcome.Unknown, 1)]
    [InlineData(Fault.UnknownLate, WriteOutcome.Unknown, 1)]
    [InlineData(Fault.UnknownTooLate, WriteOutcome.Unknown, 0)]
    public async Task A_fault_ends_an_append_and_the_next_opening_shows_what_was_written(Fault fault, WriteOutcome outcome, long written)
    {
        var faulty = new FaultyStore(Store) { Plan = Faults.Script(StoreMethod.Append, fault) };
        var head = await faulty.Journals.OpenAsync(Name("season"));

        Assert.Equal(outcome, await faulty.Journals.AppendAsync(Append(head, 0, 1)));

        Assert.Equal(written, (await faulty.Journals.OpenAsync(Name("season"))).LastSequence);
        Assert.Equal(written, (await faulty.Journals.OpenAsync(Name("season"))).LastSequence);
    }

    [Fact]
    public async Task Held_writes_reach_the_store_in_the_order_they_came_once_released()
    {
        var faulty = new FaultyStore(Store);
        var head = await faulty.Journals.OpenAsync(Name("season"));
        faulty.Hold();
        var appends = Enumerable.Range(0, 50).Select(i => faulty.Journals.AppendAsync(Append(head, i, i + 1)).AsTask()).ToArray();
        Assert.Equal(50, faulty.HeldWrites);
        Assert.Empty(await ReadAsync(head with { LastSequence = 0 }));

        faulty.Release();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        Assert.Equal(0, faulty.HeldWrites);
    }

    [Fact]
    public async Task While_the_disk_is_gone_writes_fail_and_reads_throw()
    {
        var faulty = new FaultyStore(Store);
        var head = await faulty.Journals.OpenAsync(Name("season"));
        faulty.DiskGone = true;

        Assert.Equal(WriteOutcome.Failed, await faulty.Journals.AppendAsync(Append(head, 0, 1)));
        Assert.Equal(WriteOutcome.Failed, await faulty.Records.CommitAsync([new(Name("record"), 0, [])]));
        Assert.False(await faulty.CheckAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => faulty.Journals.OpenAsync(Name("season")));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => faulty.Records.GetAsync(Name("record")));

        faulty.DiskGone = false;
        Assert.Equal(WriteOutcome.Committed, await faulty.Journals.AppendAsync(Append(head, 0, 1)));
    }

    [Fact]
    public void The_same_seed_brings_the_same_faults()
    {
        var (one, other, another) = (Faults.Seeded(7, 0.3), Faults.Seeded(7, 0.3), Faults.Seeded(8, 0.3));
        StoreCall[] calls = [.. Enumerable.Range(0, 100).Select(i => new StoreCall(StoreMethod.Append, 1, i))];

        Assert.Equal(calls.Select(one), calls.Select(other));
        Assert.NotEqual(calls.Select(Faults.Seeded(7, 0.3)), calls.Select(another));
    }
}
