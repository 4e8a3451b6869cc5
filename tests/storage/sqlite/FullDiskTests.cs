using Laurel.Storage.Sqlite;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Storage.Tests;

/// <summary>A file system that is really full.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_fails_writes_loses_nothing_and_is_recovered_from_without_a_restart()
    {
        await using var disk = await MountAsync();
        await using var store = await OpenAsync(disk);
        var head = await store.Journals.OpenAsync("season");
        var last = 0L;
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(WriteOutcome.Committed, await AppendAsync(store, head, last++));
            }

            disk.Fill();
            last = await FailAsync(store, head, last);
            await foreach (var blob in store.Journals.ReadAsync(head with { LastSequence = Math.Min(head.LastSequence, last) }))
            {
                Assert.True(CrashPayload.Of("season", blob.LastSequence).AsSpan().SequenceEqual(blob.Data));
            }

            Assert.False(await store.CheckAsync());
            disk.Free();
            Assert.True(await store.CheckAsync());
            head = await store.Journals.OpenAsync("season");
            Assert.InRange(head.LastSequence, last, last + 1);
            last = head.LastSequence;
            await CheckAsync(store, head);
        }

        await store.DisposeAsync();
        await using var again = await OpenAsync(disk);
        head = await again.Journals.OpenAsync("season");
        Assert.Equal(last, head.LastSequence);
        await CheckAsync(again, head);
    }

    [Fact]
    public async Task A_database_that_fills_its_disk_by_itself_keeps_every_acknowledged_write()
    {
        await using var disk = await MountAsync();
        var last = 0L;
        WriteOutcome outcome;
        await using (var store = await OpenAsync(disk))
        {
            var head = await store.Journals.OpenAsync("season");
            while ((outcome = await AppendAsync(store, head, last)) == WriteOutcome.Committed)
            {
                last++;
            }
        }

        Assert.True(outcome is WriteOutcome.Failed or WriteOutcome.Unknown);
        using var roomier = new TempDirectory();
        foreach (var file in Directory.GetFiles(disk.Path, "laurel.db*"))
        {
            File.Copy(file, Path.Combine(roomier, Path.GetFileName(file)));
        }

        await using var moved = await SqliteStore.OpenAsync(
            new SqliteOptions { DataDirectory = roomier }, TimeProvider.System, NullLoggerFactory.Instance);
        var found = await moved.Journals.OpenAsync("season");
        Assert.InRange(found.LastSequence, last, outcome == WriteOutcome.Unknown ? last + 1 : last);
        await CheckAsync(moved, found);
    }

    private static async Task<SmallFileSystem> MountAsync()
    {
        var reason = Requirements.ReasonToSkip("full-disk", SmallFileSystem.Absence);
        Assert.SkipWhen(reason is not null, reason ?? "");
        return await SmallFileSystem.MountAsync(megabytes: 4);
    }

    private static Task<SqliteStore> OpenAsync(SmallFileSystem disk) =>
        SqliteStore.OpenAsync(new SqliteOptions { DataDirectory = disk.Path }, TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>
    /// Appends until the disk refuses, since what the log has allocated may take a few more; returns the last sequence acknowledged.
    /// </summary>
    private static async Task<long> FailAsync(SqliteStore store, JournalHead head, long last)
    {
        while (await AppendAsync(store, head, last) is var outcome && outcome == WriteOutcome.Committed)
        {
            last++;
        }

        Assert.NotEqual(WriteOutcome.Committed, await AppendAsync(store, head, last));
        return last;
    }

    private static async Task<WriteOutcome> AppendAsync(SqliteStore store, JournalHead head, long last) =>
        await store.Journals.AppendAsync(new JournalAppend
        {
            Head = head,
            ExpectedLast = last,
            NewLast = last + 1,
            Data = CrashPayload.Of("season", last + 1),
        });

    private static async Task CheckAsync(IStore store, JournalHead head)
    {
        var sequence = head.SnapshotSequence;
        await foreach (var blob in store.Journals.ReadAsync(head))
        {
            Assert.Equal(++sequence, blob.LastSequence);
            Assert.True(CrashPayload.Of("season", sequence).AsSpan().SequenceEqual(blob.Data));
        }

        Assert.Equal(head.LastSequence, sequence);
    }
}
