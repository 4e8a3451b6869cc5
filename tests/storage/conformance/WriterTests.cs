using Laurel.Storage.Writing;

namespace Laurel.Storage.Tests;

/// <summary>Group commit: outcomes, order, bounds and deadlines of the one writer.</summary>
public abstract class WriterTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task Each_journal_of_a_group_has_its_own_outcome()
    {
        var heads = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => OpenAsync($"season-{i}")));
        await OpenAsync("season-7");
        var block = await Database.BlockWritesAsync();
        var appends = heads.Select(head => AppendAsync(head, 0, 5, "blob")).ToArray();
        await block.DisposeAsync();

        var outcomes = await Task.WhenAll(appends);

        Assert.Equal(heads.Select((_, i) => i == 7 ? WriteOutcome.Lost : WriteOutcome.Committed), outcomes);
        for (var i = 0; i < heads.Length; i++)
        {
            Assert.Equal(i == 7 ? [] : [(5, "blob")], await ReadAsync(await OpenAsync($"season-{i}")));
        }
    }

    [Fact]
    public async Task A_chain_of_one_journals_appends_is_committed_in_the_order_handed_over()
    {
        var (one, other) = (await OpenAsync("one"), await OpenAsync("other"));
        var block = await Database.BlockWritesAsync();
        var appends = Enumerable.Range(0, 300)
            .SelectMany(i => new[] { AppendAsync(one, i, i + 1, $"one {i}"), AppendAsync(other, 2 * i, (2 * i) + 2, $"other {i}") })
            .ToArray();
        await block.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (i + 1L, $"one {i}")), await ReadAsync(await OpenAsync("one")));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => ((2L * i) + 2, $"other {i}")), await ReadAsync(await OpenAsync("other")));
    }

    [Fact]
    public async Task Kinds_of_writes_mix_in_one_group()
    {
        var head = await OpenAsync();
        var block = await Database.BlockWritesAsync();
        var first = AppendAsync(head, 0, 1, "a");
        var slice = Journals.WriteSliceAsync(head, 1, 0, Bytes("state")).AsTask();
        var snapshot = Journals.CommitSnapshotAsync(head, 1, 1, 1).AsTask();
        var second = AppendAsync(head, 1, 2, "b");
        var truncation = Journals.TruncateAsync(head).AsTask();
        var record = Records.CommitAsync([new(Name("record"), 0, Bytes("r"))]);
        var check = Store.CheckAsync();
        await block.DisposeAsync();

        Assert.All(
            await Task.WhenAll(first, slice, snapshot, second, record),
            outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        Assert.Equal((WriteOutcome.Committed, false), await truncation);
        Assert.True(await check);
        head = await OpenAsync();
        Assert.Equal(["state"], await ReadSnapshotAsync(head));
        Assert.Equal([(2, "b")], await ReadAsync(head));
    }

    [Fact]
    public async Task Reads_do_not_wait_for_a_slow_commit()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1, "a", new Mark(Name("s"), Bytes("k"), Bytes("m"), Clock.GetUtcNow().AddHours(1)));
        await Records.CommitAsync([new(Name("record/1"), 0, Bytes("r"))]);
        head = await OpenAsync();
        var block = await Database.BlockWritesAsync();
        var slow = AppendAsync(head, 1, 2, "b");

        Assert.Equal([(1, "a")], await ReadAsync(head));
        Assert.NotNull(await Journals.FindMarkAsync(Name("s"), Bytes("k")));
        Assert.Single(await Records.ListAsync(Name("record/"), null, 10));
        Assert.NotNull(await Records.GetAsync(Name("record/1")));
        Assert.False(slow.IsCompleted);

        await block.DisposeAsync();
        Assert.Equal(WriteOutcome.Committed, await slow);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_takes_again_when_it_has_drained()
    {
        await using var store = await ReopenAsync(new WriterOptions { QueuedRequests = 10, QueuedBytes = 1000 });
        List<JournalHead> heads = [];
        for (var i = 0; i < 50; i++)
            heads.Add(await store.Journals.OpenAsync(Name($"season-{i}")));

        var block = await Database.BlockWritesAsync();
        var appends = heads.Select(head => store.Journals.AppendAsync(Append(head, 0, 1)).AsTask()).ToArray();
        var refused = appends.Count(append => append.IsCompletedSuccessfully && append.Result == WriteOutcome.Failed);
        await block.DisposeAsync();

        // Ten wait, and what the writer took before: one request, or as many as had come by then.
        Assert.InRange(refused, 1, 40);
        var outcomes = await Task.WhenAll(appends);
        Assert.Equal(refused, outcomes.Count(outcome => outcome != WriteOutcome.Committed));
        for (var i = 0; i < heads.Count; i++)
        {
            var sequence = outcomes[i] == WriteOutcome.Committed ? 1 : 0;
            Assert.Equal(WriteOutcome.Committed, await store.Journals.AppendAsync(Append(heads[i], sequence, sequence + 1)));
        }
    }

    [Fact]
    public async Task A_request_larger_than_the_queue_is_taken_when_nothing_waits()
    {
        await using var store = await ReopenAsync(new WriterOptions { QueuedBytes = 1000, GroupBytes = 1000 });
        var head = await store.Journals.OpenAsync(Name("season"));

        Assert.Equal(WriteOutcome.Committed, await store.Journals.AppendAsync(Append(head, 0, 1, new string('x', 100_000))));
    }

    [Fact]
    public async Task A_write_past_its_deadline_ends_and_opening_tells_what_became_of_it()
    {
        // Opened while there is time for it: a disk may take longer than this deadline.
        var head = await Store.Journals.OpenAsync(Name("season"));
        await using var store = await ReopenAsync(new WriterOptions { GroupRows = 2, Deadline = TimeSpan.FromMilliseconds(200) });
        var block = await Database.BlockWritesAsync();
        var inFlight = store.Journals.AppendAsync(Append(head, 0, 1, "in flight")).AsTask();
        var queued = store.Journals.AppendAsync(Append(head, 1, 2, "queued")).AsTask();

        Assert.True(await inFlight is WriteOutcome.Unknown or WriteOutcome.Failed);
        Assert.True(await queued is WriteOutcome.Unknown or WriteOutcome.Failed);
        await block.DisposeAsync();

        head = await OpenUntilItAnswersAsync(store);
        var read = new List<JournalBlob>();
        await foreach (var blob in store.Journals.ReadAsync(head))
        {
            read.Add(blob);
        }

        Assert.Equal(head.LastSequence, read.Count);
        Assert.True(await inFlight == WriteOutcome.Unknown || head.LastSequence == 0);
    }

    [Fact]
    public async Task Disposing_of_a_store_first_commits_what_waits()
    {
        var store = await ReopenAsync(new WriterOptions());
        var head = await store.Journals.OpenAsync(Name("season"));
        var appends = Enumerable.Range(0, 500).Select(i => store.Journals.AppendAsync(Append(head, i, i + 1)).AsTask()).ToArray();

        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        Assert.Equal(WriteOutcome.Failed, await store.Journals.AppendAsync(Append(head, 500, 501)));
        await using var again = await Database.OpenAsync(Clock);
        Assert.Equal(500, (await again.Journals.OpenAsync(Name("season"))).LastSequence);
    }

    [Fact]
    public async Task A_check_goes_all_the_way_to_the_writer()
    {
        Assert.True(await Store.CheckAsync());
        var head = await Store.Journals.OpenAsync(Name("season"));
        await using var store = await ReopenAsync(new WriterOptions { Deadline = TimeSpan.FromMilliseconds(200) });
        var block = await Database.BlockWritesAsync();
        var stuck = store.Journals.AppendAsync(Append(head, 0, 1)).AsTask();

        Assert.False(await store.CheckAsync());

        await block.DisposeAsync();
        await stuck;
    }

    /// <summary>The deadline of these tests is short, and the writer may still be waiting for a lock that has just been released.</summary>
    private async Task<JournalHead> OpenUntilItAnswersAsync(IStore store)
    {
        while (true)
        {
            try
            {
                return await store.Journals.OpenAsync(Name("season"));
            }
            catch (StorageUnavailableException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
            }
        }
    }

    private async Task<IStore> ReopenAsync(WriterOptions options)
    {
        await Store.DisposeAsync();
        return await Database.OpenAsync(Clock, options);
    }
}
