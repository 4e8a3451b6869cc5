namespace Laurel.Storage.Tests;

/// <summary>Unique facts written with an append.</summary>
public abstract class MarkTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task A_mark_is_found_with_what_was_to_be_remembered()
    {
        var head = await OpenAsync();
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(head, 0, 1, "a", Mark("board", "key", "outcome")));

        Assert.Equal(Bytes("outcome"), await Journals.FindMarkAsync(Name("board"), Bytes("key")));
        Assert.Null(await Journals.FindMarkAsync(Name("board"), Bytes("other")));
        Assert.Null(await Journals.FindMarkAsync(Name("other"), Bytes("key")));
    }

    [Fact]
    public async Task A_taken_mark_is_an_outcome_and_nothing_of_its_append_is_written()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1, "a", Mark("board", "key", "first"));

        var outcome = await AppendAsync(head, 1, 2, "b", Mark("board", "new", "second"), Mark("board", "key", "second"));

        Assert.Equal(WriteOutcome.MarkTaken, outcome);
        Assert.Equal(Bytes("first"), await Journals.FindMarkAsync(Name("board"), Bytes("key")));
        Assert.Null(await Journals.FindMarkAsync(Name("board"), Bytes("new")));
        Assert.Equal([(1, "a")], await ReadAsync(await OpenAsync()));
    }

    [Fact]
    public async Task A_taken_mark_fails_no_other_append_of_its_group()
    {
        var (first, second, third) = (await OpenAsync("first"), await OpenAsync("second"), await OpenAsync("third"));
        await AppendAsync(first, 0, 1, "a", Mark("board", "taken", ""));
        var block = await Database.BlockWritesAsync();
        Task<WriteOutcome>[] appends =
        [
            AppendAsync(first, 1, 2, "b", Mark("board", "one", "")),
            AppendAsync(second, 0, 1, "c", Mark("board", "taken", "")),
            AppendAsync(third, 0, 1, "d", Mark("board", "two", "")),
            AppendAsync(second, 0, 1, "e", Mark("board", "three", "")),
            AppendAsync(first, 2, 3, "f", Mark("board", "two", "")),
            AppendAsync(first, 2, 4, "g"),
        ];
        await block.DisposeAsync();

        Assert.Equal(
            [
                WriteOutcome.Committed, WriteOutcome.MarkTaken, WriteOutcome.Committed,
                WriteOutcome.Committed, WriteOutcome.MarkTaken, WriteOutcome.Committed,
            ],
            await Task.WhenAll(appends));
        Assert.Equal([(1, "a"), (2, "b"), (4, "g")], await ReadAsync(await OpenAsync("first")));
        Assert.Equal([(1, "e")], await ReadAsync(await OpenAsync("second")));
    }

    [Fact]
    public async Task The_same_mark_twice_in_one_append_is_taken()
    {
        var head = await OpenAsync();

        Assert.Equal(WriteOutcome.MarkTaken, await AppendAsync(head, 0, 1, "a", Mark("board", "key", "1"), Mark("board", "key", "2")));
        Assert.Equal(0, (await OpenAsync()).LastSequence);
    }

    [Fact]
    public async Task A_lost_append_leaves_no_mark()
    {
        var stale = await OpenAsync();
        await OpenAsync();

        Assert.Equal(WriteOutcome.Lost, await AppendAsync(stale, 0, 1, "a", Mark("board", "key", "stale")));
        Assert.Null(await Journals.FindMarkAsync(Name("board"), Bytes("key")));
    }

    [Fact]
    public async Task An_expired_mark_counts_as_absent_and_may_be_written_again()
    {
        var head = await OpenAsync();
        await AppendAsync(head, 0, 1, "a", Mark("board", "key", "first"));

        Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(WriteOutcome.MarkTaken, await AppendAsync(head, 1, 2, "b", Mark("board", "key", "second")));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Journals.FindMarkAsync(Name("board"), Bytes("key")));
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(head, 1, 2, "b", Mark("board", "key", "second")));
        Assert.Equal(Bytes("second"), await Journals.FindMarkAsync(Name("board"), Bytes("key")));
    }

    [Fact]
    public async Task Many_marks_are_read_at_once_and_answered_in_the_order_of_their_keys()
    {
        var head = await OpenAsync();
        var expires = Clock.GetUtcNow().AddHours(1);
        Mark[] marks = [.. Enumerable.Range(0, 1000).Where(IsWritten).Select(i => new Mark(Name("s"), Key(i), Key(-i), expires))];
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(head, 0, 1, "a", marks));

        var found = await Journals.FindMarksAsync(Name("s"), [.. Enumerable.Range(0, 1000).Reverse().Select(Key)]);
        Assert.Equal(Enumerable.Range(0, 1000).Reverse().Select(i => IsWritten(i) ? Key(-i) : null), found);
        Assert.Empty(await Journals.FindMarksAsync(Name("s"), []));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Journals.FindMarksAsync(Name("s"), [.. Enumerable.Range(0, 1001).Select(Key)]));

        static bool IsWritten(int i) => i % 3 != 0;
        static byte[] Key(int i) => BitConverter.GetBytes(i);
    }

    [Fact]
    public async Task Keys_are_bytes_of_any_value_and_at_most_64()
    {
        var head = await OpenAsync();
        var key = Enumerable.Range(0, 64).Select(i => (byte)(i * 4)).ToArray();
        var expires = Clock.GetUtcNow().AddHours(1);
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(head, 0, 1, "a", new Mark(Name("s"), key, Bytes("x"), expires)));

        Assert.Equal(Bytes("x"), await Journals.FindMarkAsync(Name("s"), key));
        Assert.Null(await Journals.FindMarkAsync(Name("s"), key.AsMemory(0, 63)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            _ = AppendAsync(head, 1, 2, "b", new Mark(Name("s"), new byte[65], Bytes("x"), expires));
        });
    }

    protected Mark Mark(string scope, string key, string data) =>
        new(Name(scope), Bytes(key), Bytes(data), Clock.GetUtcNow().AddHours(24));
}
