namespace Laurel.Storage.Tests;

/// <summary>Snapshots and truncation.</summary>
public abstract class SnapshotTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task A_committed_snapshot_stands_for_the_beginning()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 10, "a");
        await AppendAsync(head, 10, 20, "b");

        // Fuzzy: it starts after 10, while 20 was applied as its slices were taken.
        Assert.Equal(WriteOutcome.Committed, await SnapshotAsync(head, 3, 10, 20, "s0", "s1", "s2"));
        await AppendAsync(head, 20, 30, "c");

        head = await OpenAsync();
        Assert.Equal((3, 10, 30), (head.Snapshot, head.SnapshotSequence, head.LastSequence));
        Assert.Equal(["s0", "s1", "s2"], await ReadSnapshotAsync(head));
        Assert.Equal([(20, "b"), (30, "c")], await ReadAsync(head));
    }

    [Fact]
    public async Task Slices_without_a_commit_mean_nothing()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1, "a");
        await Journals.WriteSliceAsync(head, 1, 0, Bytes("half"));

        head = await OpenAsync();
        Assert.Null(head.Snapshot);
        Assert.Equal([(1, "a")], await ReadAsync(head));
    }

    [Fact]
    public async Task Slices_of_a_former_epoch_do_not_mix_with_those_of_the_same_id()
    {
        var former = await OpenAsync();
        for (var slice = 0; slice < 3; slice++)
        {
            await Journals.WriteSliceAsync(former, 1, slice, Bytes("former"));
        }

        var head = await OpenAsync();
        await SnapshotAsync(head, 1, 0, 0, "own");

        Assert.Equal(["own"], await ReadSnapshotAsync(await OpenAsync()));
    }

    [Fact]
    public async Task A_slice_written_again_replaces_the_first()
    {
        var head = await OpenAsync();
        await Journals.WriteSliceAsync(head, 1, 0, Bytes("first"));
        await SnapshotAsync(head, 1, 0, 0, "second");

        Assert.Equal(["second"], await ReadSnapshotAsync(await OpenAsync()));
    }

    [Fact]
    public async Task A_stale_slice_is_lost()
    {
        var stale = await OpenAsync();
        await OpenAsync();

        Assert.Equal(WriteOutcome.Lost, await Journals.WriteSliceAsync(stale, 1, 0, Bytes("stale")));
    }

    [Fact]
    public async Task A_stale_snapshot_is_lost()
    {
        var stale = await OpenAsync();
        await Journals.WriteSliceAsync(stale, 1, 0, Bytes("stale"));
        await OpenAsync();

        Assert.Equal(WriteOutcome.Lost, await Journals.CommitSnapshotAsync(stale, 1, 0, 0));

        Assert.Null((await OpenAsync()).Snapshot);
    }

    [Fact]
    public async Task A_snapshot_that_does_not_know_the_last_append_is_lost()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1);
        await AppendAsync(head, 1, 2);

        Assert.Equal(WriteOutcome.Lost, await SnapshotAsync(head, 1, 1, 1, "state"));
    }

    [Fact]
    public async Task A_snapshot_older_than_the_committed_one_is_lost()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1);
        await AppendAsync(head, 1, 2);
        await SnapshotAsync(head, 2, 2, 2, "new");

        Assert.Equal(WriteOutcome.Lost, await SnapshotAsync(head, 1, 1, 2, "old"));

        Assert.Equal(["new"], await ReadSnapshotAsync(await OpenAsync()));
    }

    [Fact]
    public async Task Truncation_never_lowers_the_head_and_a_stale_writer_after_it_is_lost()
    {
        var stale = await OpenAsync();
        await AppendAsync(stale, 0, 1);
        await AppendAsync(stale, 1, 2);
        var head = await OpenAsync();
        await SnapshotAsync(head, 1, 2, 2, "state");
        await TruncateAsync(head);

        Assert.Equal(WriteOutcome.Lost, await AppendAsync(stale, 2, 3));
        Assert.Equal(WriteOutcome.Lost, await AppendAsync(stale, 0, 1));
        Assert.Equal(WriteOutcome.Lost, await AppendAsync(head, 0, 1));
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(head, 2, 3, "next"));

        head = await OpenAsync();
        Assert.Equal((3, 2), (head.LastSequence, head.SnapshotSequence));
        Assert.Equal(["state"], await ReadSnapshotAsync(head));
        Assert.Equal([(3, "next")], await ReadAsync(head));
    }

    [Fact]
    public async Task A_stale_truncation_is_lost()
    {
        var stale = await OpenAsync();
        await OpenAsync();

        Assert.Equal((WriteOutcome.Lost, false), await Journals.TruncateAsync(stale));
    }

    [Fact]
    public async Task Truncation_without_a_snapshot_keeps_every_blob()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1, "a");
        await Journals.WriteSliceAsync(head, 1, 0, Bytes("never committed"));
        await TruncateAsync(head);

        Assert.Equal([(1, "a")], await ReadAsync(await OpenAsync()));
    }

    [Fact]
    public async Task Truncation_deletes_a_bounded_number_at_a_time_and_leaves_other_journals_alone()
    {
        var other = await OpenAsync("other");
        await AppendAsync(other, 0, 1, "other");
        await SnapshotAsync(other, 1, 0, 1, "other");
        var head = await OpenAsync();
        var appends = Enumerable.Range(0, 1000).Select(i => AppendAsync(head, i, i + 1)).ToArray();
        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        await SnapshotAsync(head, 1, 990, 1000, "state");

        var (outcome, more) = await Journals.TruncateAsync(head);
        Assert.Equal((WriteOutcome.Committed, true), (outcome, more));
        await TruncateAsync(head);

        Assert.Equal(10, (await ReadAsync(await OpenAsync())).Count);
        other = await OpenAsync("other");
        Assert.Equal([(1, "other")], await ReadAsync(other));
        Assert.Equal(["other"], await ReadSnapshotAsync(other));
    }

    [Fact]
    public async Task Truncation_deletes_the_slices_of_all_other_snapshots_a_bounded_number_at_a_time()
    {
        var former = await OpenAsync();
        for (var slice = 0; slice < 12; slice++)
        {
            await Journals.WriteSliceAsync(former, 2, slice, Bytes("the same id in a former epoch"));
        }

        var head = await OpenAsync();
        for (var slice = 0; slice < 12; slice++)
        {
            await Journals.WriteSliceAsync(head, 1, slice, Bytes("another id in this epoch"));
        }

        await SnapshotAsync(head, 2, 0, 0, "state");

        Assert.Equal((WriteOutcome.Committed, true), await Journals.TruncateAsync(head));
        Assert.Equal((WriteOutcome.Committed, false), await Journals.TruncateAsync(head));
        Assert.Equal(["state"], await ReadSnapshotAsync(await OpenAsync()));
    }
}
