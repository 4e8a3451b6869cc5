using System.Text;

namespace Laurel.Storage.Tests;

/// <summary>Small records by compare-and-set.</summary>
public abstract class RecordTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task A_record_is_created_updated_and_deleted_by_its_version()
    {
        var key = Name("tenant");
        Assert.Null(await Records.GetAsync(key));

        Assert.Equal(WriteOutcome.Committed, await Commit(key, 0, "one"));
        Assert.Equal(WriteOutcome.Lost, await Commit(key, 0, "again"));
        Assert.Equal(WriteOutcome.Committed, await Commit(key, 1, "two"));
        Assert.Equal(WriteOutcome.Lost, await Commit(key, 1, "stale"));

        var record = await Records.GetAsync(key);
        Assert.Equal((key, 2, "two"), (record!.Key, record.Version, Encoding.UTF8.GetString(record.Data)));

        Assert.Equal(WriteOutcome.Lost, await Commit(key, 1, null));
        Assert.Equal(WriteOutcome.Committed, await Commit(key, 2, null));
        Assert.Null(await Records.GetAsync(key));
        Assert.Equal(WriteOutcome.Lost, await Commit(key, 2, "gone"));
        Assert.Equal(WriteOutcome.Committed, await Commit(key, 0, "new"));
        Assert.Equal(1, (await Records.GetAsync(key))!.Version);
    }

    [Fact]
    public async Task A_write_without_a_version_takes_what_is_there()
    {
        var key = Name("any");

        Assert.Equal(WriteOutcome.Committed, await Commit(key, null, null));
        Assert.Equal(WriteOutcome.Committed, await Commit(key, null, "one"));
        Assert.Equal(WriteOutcome.Committed, await Commit(key, null, ""));
        var record = await Records.GetAsync(key);
        Assert.Equal((2, 0), (record!.Version, record.Data.Length));
        Assert.Equal(WriteOutcome.Committed, await Commit(key, null, null));
        Assert.Null(await Records.GetAsync(key));
    }

    [Fact]
    public async Task A_deletion_of_what_must_not_exist_asserts_its_absence()
    {
        var key = Name("absent");
        Assert.Equal(WriteOutcome.Committed, await Commit(key, 0, null));
        await Commit(key, 0, "here");
        Assert.Equal(WriteOutcome.Lost, await Commit(key, 0, null));
        Assert.NotNull(await Records.GetAsync(key));
    }

    [Fact]
    public async Task Several_writes_are_committed_all_or_none()
    {
        await Commit(Name("a"), 0, "a1");
        await Commit(Name("b"), 0, "b1");

        RecordWrite[] writes =
        [
            new(Name("a"), 1, Bytes("a2")), new(Name("b"), null, null), new(Name("c"), 0, Bytes("c1")), new(Name("d"), 7, Bytes("d8")),
        ];
        Assert.Equal(WriteOutcome.Lost, await Records.CommitAsync(writes));
        Assert.Equal<string?[]>(["a1", "b1", null, null], await Texts("a", "b", "c", "d"));

        Assert.Equal(WriteOutcome.Committed, await Records.CommitAsync(writes[..3]));
        Assert.Equal<string?[]>(["a2", null, "c1", null], await Texts("a", "b", "c", "d"));
    }

    [Fact]
    public async Task A_lost_commit_fails_no_other_commit_of_its_group()
    {
        await Commit(Name("a"), 0, "a1");
        var block = await Database.BlockWritesAsync();
        Task<WriteOutcome>[] commits =
        [
            Commit(Name("b"), 0, "b1"), Commit(Name("a"), 5, "no"), Commit(Name("a"), 1, "a2"), Commit(Name("a"), 2, "a3"),
            Records.CommitAsync([new(Name("b"), 1, Bytes("b2")), new(Name("a"), 2, Bytes("no"))]),
            Commit(Name("b"), 1, "b2"),
        ];
        await block.DisposeAsync();

        Assert.Equal(
            [
                WriteOutcome.Committed, WriteOutcome.Lost, WriteOutcome.Committed,
                WriteOutcome.Committed, WriteOutcome.Lost, WriteOutcome.Committed,
            ],
            await Task.WhenAll(commits));
        Assert.Equal<string?[]>(["a3", "b2"], await Texts("a", "b"));
    }

    [Fact]
    public async Task Four_thousand_writes_are_one_commit()
    {
        var writes = Enumerable.Range(0, 4000).Select(i => new RecordWrite(Name($"many/{i:D4}"), 0, Bytes($"{i}"))).ToArray();

        Assert.Equal(WriteOutcome.Committed, await Records.CommitAsync(writes));

        Assert.Equal(4000, await Records.CountAsync(Name("many/")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Records.CommitAsync([.. writes, new(Name("more"), 0, [])]));
    }

    [Fact]
    public async Task Records_come_back_in_the_order_asked_for()
    {
        await Commit(Name("x"), 0, "x");
        await Commit(Name("y"), 0, "y");

        Assert.Equal<string?[]>(["y", null, "x", "y"], await Texts("y", "z", "x", "y"));
        Assert.Empty(await Records.GetManyAsync([]));
    }

    [Fact]
    public async Task A_list_is_in_the_order_of_the_keys_utf8_bytes_and_takes_no_character_for_a_wildcard()
    {
        // In UTF-16 order the emoji (surrogates) would come before U+FF5E; a LIKE would take % and _ for wildcards.
        string[] names =
        [
            "a", "A", "é", "z", "%", "_", "\\", "~", "\uff5e", "😀", "a/b", "a0", "Ä", "ß", "'", "\"", " ", "\u0001", "日本",
        ];
        foreach (var name in names)
        {
            await Commit(Name($"a_b%/{name}"), 0, name);
        }

        foreach (var stranger in new[] { "a_b%", "a_b%0", "aXbY/x", "a_b/x", "A_B%/x" })
        {
            await Commit(Name(stranger), 0, stranger);
        }

        var expected = names.Order(Comparer<string>.Create((x, y) => Bytes(x).AsSpan().SequenceCompareTo(Bytes(y)))).ToArray();
        var list = await Records.ListAsync(Name("a_b%/"), null, 1000);
        Assert.Equal(expected, list.Select(record => Encoding.UTF8.GetString(record.Data)));
        Assert.Equal(expected.Select(name => Name($"a_b%/{name}")), list.Select(record => record.Key));
        Assert.Equal(expected.Length, await Records.CountAsync(Name("a_b%/")));
    }

    [Fact]
    public async Task A_list_pages_without_gaps_or_repeats()
    {
        var keys = Enumerable.Range(0, 25).Select(i => Name($"list/{i:D2}")).ToArray();
        await Records.CommitAsync([.. keys.Select(key => new RecordWrite(key, 0, []))]);
        await Commit(Name("list/"), 0, "the prefix itself");

        List<string> seen = [];
        string? after = null;
        while (await Records.ListAsync(Name("list/"), after, 7) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 7);
            seen.AddRange(page.Select(record => record.Key));
            after = page[^1].Key;
        }

        Assert.Equal([Name("list/"), .. keys], seen);
    }

    [Fact]
    public async Task Misuse_throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Records.CommitAsync([new(Name("k"), 0, []), new(Name("k"), 0, [])]));
        await Assert.ThrowsAsync<ArgumentException>(() => Records.CommitAsync([new("a\ud800", 0, [])]));
        await Assert.ThrowsAsync<ArgumentException>(() => Records.ListAsync("no-slash", null, 10));
        await Assert.ThrowsAsync<ArgumentException>(() => Records.ListAsync("a/", "b/1", 10));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Records.ListAsync("a/", null, 1001));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Records.GetManyAsync(new string[1001]));
    }

    [Fact]
    public async Task Of_rivals_that_count_up_one_record_none_overwrites_another()
    {
        var rival = await Database.OpenRivalAsync(Store, Clock);
        var key = Name("counter");
        await Commit(key, 0, "0");

        async Task<int> CountUpAsync(IRecordStore records)
        {
            var won = 0;
            for (var i = 0; i < 50; i++)
            {
                var found = (await records.GetAsync(key))!;
                var next = Bytes($"{int.Parse(Encoding.UTF8.GetString(found.Data)) + 1}");
                won += await records.CommitAsync([new(key, found.Version, next)]) == WriteOutcome.Committed ? 1 : 0;
            }

            return won;
        }

        var wins = await Task.WhenAll(
            Task.Run(() => CountUpAsync(Records)), Task.Run(() => CountUpAsync(Records)), Task.Run(() => CountUpAsync(rival.Records)));

        Assert.Equal($"{wins.Sum()}", (await Texts("counter"))[0]);
        if (rival != Store)
        {
            await rival.DisposeAsync();
        }
    }

    private Task<WriteOutcome> Commit(string key, long? version, string? data) =>
        Records.CommitAsync([new RecordWrite(key, version, data is null ? null : Bytes(data))]);

    private async Task<string?[]> Texts(params string[] names)
    {
        var records = await Records.GetManyAsync([.. names.Select(Name)]);
        return [.. records.Select(record => record is null ? null : Encoding.UTF8.GetString(record.Data))];
    }
}
