namespace Laurel.Storage.Tests;

/// <summary>Opening, appending, reading, and the fence.</summary>
public abstract class JournalTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task A_new_journal_is_empty_and_in_its_first_epoch()
    {
        var head = await OpenAsync();

        Assert.Equal((1, 0, 0, null, 0), (head.Epoch, head.PreviousEpoch, head.LastSequence, head.Snapshot, head.SnapshotSequence));
        Assert.Empty(await ReadAsync(head));
        Assert.Empty(await ReadSnapshotAsync(head));
    }

    [Fact]
    public async Task Opening_raises_the_epoch_and_keeps_the_rest()
    {
        var first = await OpenAsync();
        await AppendAsync(first, 0, 7);

        var second = await OpenAsync();

        Assert.Equal(first with { Epoch = 2, PreviousEpoch = 1, LastSequence = 7 }, second);
    }

    [Fact]
    public async Task Journals_do_not_see_each_other()
    {
        var one = await OpenAsync("one");
        var other = await OpenAsync("other");
        await AppendAsync(one, 0, 1, "mine");
        await AppendAsync(other, 0, 2, "yours");

        Assert.Equal([(1, "mine")], await ReadAsync(await OpenAsync("one")));
        Assert.Equal([(2, "yours")], await ReadAsync(await OpenAsync("other")));
    }

    [Fact]
    public async Task Blobs_come_back_as_they_were_and_in_order()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var head = await OpenAsync();
        List<(long, string)> written = [];
        var last = 0L;
        foreach (var size in new[] { 0, 1, 2000, 4096, 700_000, 3_000_000, 10, 600_000 })
        {
            var data = new byte[size];
            random.NextBytes(data);
            var next = last + random.Next(1, 100);
            // A slice of a larger array, as a pooled buffer would be.
            byte[] padded = [0, .. data, 0];
            Assert.Equal(WriteOutcome.Committed, await Journals.AppendAsync(new JournalAppend
            {
                Head = head,
                ExpectedLast = last,
                NewLast = next,
                Data = padded.AsMemory(1, size),
            }));
            written.Add((next, Convert.ToBase64String(data)));
            last = next;
        }

        List<(long, string)> read = [];
        await foreach (var blob in Journals.ReadAsync(await OpenAsync()))
        {
            read.Add((blob.LastSequence, Convert.ToBase64String(blob.Data)));
        }

        Assert.Equal(written, read);
    }

    [Fact]
    public async Task A_writer_of_a_former_epoch_is_lost_and_writes_nothing()
    {
        var stale = await OpenAsync();
        await AppendAsync(stale, 0, 1, "before");
        await OpenAsync();

        Assert.Equal(WriteOutcome.Lost, await AppendAsync(stale, 1, 2, "after"));

        var head = await OpenAsync();
        Assert.Equal([(1, "before")], await ReadAsync(head));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(0)]
    public async Task A_writer_that_expects_another_sequence_is_lost(long expected)
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 4, "a");
        await AppendAsync(head, 4, 5, "b");

        Assert.Equal(WriteOutcome.Lost, await AppendAsync(head, expected, 9, "c"));

        Assert.Equal([(4, "a"), (5, "b")], await ReadAsync(await OpenAsync()));
    }

    [Fact]
    public async Task After_one_lost_append_those_handed_over_behind_it_are_lost_too()
    {
        var head = await OpenAsync();
        var block = await Database.BlockWritesAsync();
        Task<WriteOutcome>[] appends =
        [
            AppendAsync(head, 0, 1), AppendAsync(head, 99, 100), AppendAsync(head, 100, 101), AppendAsync(head, 101, 102),
        ];
        await block.DisposeAsync();

        Assert.Equal(
            [WriteOutcome.Committed, WriteOutcome.Lost, WriteOutcome.Lost, WriteOutcome.Lost],
            await Task.WhenAll(appends));
        Assert.Equal(1, (await OpenAsync()).LastSequence);
    }

    [Fact]
    public async Task What_was_handed_over_before_an_opening_is_in_its_head_and_what_comes_later_is_lost()
    {
        var head = await OpenAsync();
        var block = await Database.BlockWritesAsync();
        var before = AppendAsync(head, 0, 1, "before");
        var opening = OpenAsync();
        var after = AppendAsync(head, 1, 2, "after");
        await block.DisposeAsync();

        Assert.Equal(WriteOutcome.Committed, await before);
        Assert.Equal(1, (await opening).LastSequence);
        Assert.Equal(WriteOutcome.Lost, await after);
    }

    [Fact]
    public async Task A_stale_reader_is_refused_instead_of_reading_half_a_history()
    {
        var stale = await OpenAsync();
        await AppendAsync(stale, 0, 1);
        stale = await OpenAsync();
        var owner = await OpenAsync();
        await SnapshotAsync(owner, 1, 1, 1, "state");
        await TruncateAsync(owner);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(stale));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadSnapshotAsync(stale with { Snapshot = 1 }));
    }

    [Fact]
    public async Task A_reader_sees_the_journal_as_it_opened_it_and_not_what_it_appends_meanwhile()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1, "a");
        head = await OpenAsync();
        await AppendAsync(head, 1, 2, "b");

        Assert.Equal([(1, "a")], await ReadAsync(head));
    }

    [Fact]
    public async Task Misuse_throws_and_writes_nothing()
    {
        var head = await OpenAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = AppendAsync(head, 5, 5); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = AppendAsync(head, -1, 5); });
        await Assert.ThrowsAsync<ArgumentException>(() => Journals.OpenAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(() => Journals.OpenAsync("a\0b"));
        Assert.Equal(0, (await OpenAsync()).LastSequence);
    }
}
