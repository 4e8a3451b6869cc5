using System.Text;
using Laurel.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Storage.Tests;

/// <summary>What the databases in <c>tests/compat</c> hold: the same in each version's, so that one test reads them all.</summary>
public static class CompatDatabase
{
    /// <summary>When the marks were written; they expire a century later.</summary>
    private static readonly DateTimeOffset Written = new(2025, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Writes <c>laurel.db</c> as this program would.</summary>
    public static async Task<int> MakeAsync(string directory)
    {
        await using (var store = await OpenAsync(directory))
        {
            var journals = store.Journals;
            var plain = await journals.OpenAsync("acme/points@1/all_time");
            await journals.AppendAsync(Append(plain, 0, 3, "first", MarkOf("acme/points", "key-1", "outcome-1")));
            await journals.AppendAsync(Append(plain, 3, 10, "second"));
            var moved = await journals.OpenAsync("acme/wéekly@2/2025-W47");
            await journals.AppendAsync(Append(moved, 0, 5, "gone with the snapshot"));
            await journals.AppendAsync(Append(moved, 5, 8, "after the start"));
            await journals.WriteSliceAsync(moved, 42, 0, "slice 0"u8.ToArray());
            await journals.WriteSliceAsync(moved, 42, 1, "slice 1"u8.ToArray());
            await journals.CommitSnapshotAsync(moved, 42, 5, 8);
            await journals.TruncateAsync(moved);
            await journals.WriteSliceAsync(moved, 43, 0, "never committed"u8.ToArray());
            await store.Records.CommitAsync(
            [
                new("tenants/acme", 0, "{\"name\":\"Acme\"}"u8.ToArray()),
                new("tenants/日本", 0, "{}"u8.ToArray()),
                new("players/acme/ann", 0, "old"u8.ToArray()),
            ]);
            await store.Records.CommitAsync([new("players/acme/ann", 1, "new"u8.ToArray())]);
        }

        File.Delete(Path.Combine(directory, "laurel.lock"));
        return 0;
    }

    /// <summary>Holds an open database against what it must be.</summary>
    public static async Task CheckAsync(IStore store)
    {
        var plain = await store.Journals.OpenAsync("acme/points@1/all_time");
        Assert.Equal((2, 10, null, 0), (plain.Epoch, plain.LastSequence, plain.Snapshot, plain.SnapshotSequence));
        Assert.Equal(["3 first", "10 second"], await BlobsAsync(store, plain));

        var moved = await store.Journals.OpenAsync("acme/wéekly@2/2025-W47");
        Assert.Equal((2, 8, 42, 5), (moved.Epoch, moved.LastSequence, moved.Snapshot, moved.SnapshotSequence));
        Assert.Equal(["8 after the start"], await BlobsAsync(store, moved));
        List<string> slices = [];
        await foreach (var slice in store.Journals.ReadSnapshotAsync(moved))
        {
            slices.Add(Encoding.UTF8.GetString(slice));
        }

        Assert.Equal(["slice 0", "slice 1"], slices);
        Assert.Equal("outcome-1"u8.ToArray(), await store.Journals.FindMarkAsync("acme/points", "key-1"u8.ToArray()));
        var tenants = await store.Records.ListAsync("tenants/", null, 10);
        Assert.Equal(["tenants/acme", "tenants/日本"], tenants.Select(record => record.Key));
        var ann = await store.Records.GetAsync("players/acme/ann");
        Assert.Equal((2, "new"), (ann!.Version, Encoding.UTF8.GetString(ann.Data)));

        Assert.Equal(WriteOutcome.Committed, await store.Journals.AppendAsync(Append(plain, 10, 11, "third")));
        var repeat = Append(plain, 11, 12, "", MarkOf("acme/points", "key-1", ""));
        Assert.Equal(WriteOutcome.MarkTaken, await store.Journals.AppendAsync(repeat));
        Assert.Equal((WriteOutcome.Committed, false), await store.Journals.TruncateAsync(moved));
    }

    /// <summary>Opens it with a clock that stands when it was written.</summary>
    public static Task<SqliteStore> OpenAsync(string directory) =>
        SqliteStore.OpenAsync(new SqliteOptions { DataDirectory = directory }, new ManualClock(), NullLoggerFactory.Instance);

    private static async Task<List<string>> BlobsAsync(IStore store, JournalHead head)
    {
        List<string> blobs = [];
        await foreach (var blob in store.Journals.ReadAsync(head))
        {
            blobs.Add($"{blob.LastSequence} {Encoding.UTF8.GetString(blob.Data)}");
        }

        return blobs;
    }

    private static Mark MarkOf(string scope, string key, string data) =>
        new(scope, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(data), Written.AddYears(100));

    private static JournalAppend Append(JournalHead head, long expected, long last, string blob, params Mark[] marks) =>
        new() { Head = head, ExpectedLast = expected, NewLast = last, Data = Encoding.UTF8.GetBytes(blob), Marks = marks };
}
