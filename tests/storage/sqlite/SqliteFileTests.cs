using System.Text;
using Laurel.Storage.Sqlite;
using Laurel.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Storage.Tests;

/// <summary>What only the embedded database does: the directory's lock, the schema's version, the log and what remains in files.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualClock _clock = new();

    private string DatabaseFile => Path.Combine(_directory, "laurel.db");

    private string LogFile => Path.Combine(_directory, "laurel.db-wal");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused_until_the_first_is_killed()
    {
        using var first = ChildProcess.Start("hold", _directory);
        Assert.Equal("open", await first.StandardOutput.ReadLineAsync());

        var refusal = await Assert.ThrowsAsync<DirectoryInUseException>(() => OpenAsync());
        Assert.Contains(_directory.Path, refusal.Message);
        Assert.Contains("Laurel__DataDirectory", refusal.Message);

        first.Kill();
        await first.WaitForExitAsync();
        await using var store = await OpenAsync();
        Assert.True(await store.CheckAsync());
    }

    [Fact]
    public async Task A_second_store_of_the_same_process_is_refused_and_a_closed_one_makes_room()
    {
        await using (await OpenAsync())
        {
            await Assert.ThrowsAsync<DirectoryInUseException>(() => OpenAsync());
        }

        await using var store = await OpenAsync();
    }

    [Fact]
    public async Task A_child_of_the_process_does_not_inherit_the_directory()
    {
        var store = await OpenAsync();
        using var elsewhere = new TempDirectory();
        using var child = ChildProcess.Start("hold", elsewhere);
        Assert.Equal("open", await child.StandardOutput.ReadLineAsync());

        await store.DisposeAsync();
        await using var again = await OpenAsync();

        child.Kill();
        await child.WaitForExitAsync();
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_versions_named_and_left_as_it_is()
    {
        await (await OpenAsync()).DisposeAsync();
        Execute("PRAGMA user_version = 99");

        var refusal = await Assert.ThrowsAsync<NewerSchemaException>(() => OpenAsync());

        Assert.Contains("schema version 99", refusal.Message);
        Assert.Contains($"versions up to {SqliteSchema.Version}", refusal.Message);
        Assert.Equal(99L, Execute("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 10_000));

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync());

        Assert.Contains("not a database", refusal.Message);
        Assert.Equal(10_000, new FileInfo(DatabaseFile).Length);
    }

    [Fact]
    public async Task A_log_that_is_torn_anywhere_opens_with_the_beginning_of_its_history()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var copies = new TempDirectory();
        await using (var store = await OpenAsync())
        {
            var head = await store.Journals.OpenAsync("season");
            // A reader that began before keeps the log from going into the database while both are copied.
            using var reader = Connect();
            using var since = reader.BeginTransaction(deferred: true);
            using var look = reader.CreateCommand();
            (look.Transaction, look.CommandText) = (since, "SELECT count(*) FROM sqlite_master");
            look.ExecuteScalar();
            for (var i = 0; i < 200; i++)
            {
                await AppendAsync(store, head, i, CrashPayload.Of("season", i + 1));
            }

            for (var copy = 0; copy < 10; copy++)
            {
                var target = Directory.CreateDirectory(Path.Combine(copies, $"{copy}")).FullName;
                File.Copy(DatabaseFile, Path.Combine(target, "laurel.db"));
                File.Copy(LogFile, Path.Combine(target, "laurel.db-wal"));
                Tear(Path.Combine(target, "laurel.db-wal"), random, flip: copy % 2 == 0);
            }
        }

        foreach (var copy in Directory.GetDirectories(copies))
        {
            await using var store = await SqliteStore.OpenAsync(
                new SqliteOptions { DataDirectory = copy }, _clock, NullLoggerFactory.Instance);
            var head = await store.Journals.OpenAsync("season");
            var sequence = 0L;
            await foreach (var blob in store.Journals.ReadAsync(head))
            {
                Assert.Equal(++sequence, blob.LastSequence);
                Assert.True(CrashPayload.Of("season", sequence).AsSpan().SequenceEqual(blob.Data));
            }

            Assert.Equal(head.LastSequence, sequence);
        }
    }

    [Fact]
    public async Task The_log_stays_small_under_constant_load_and_is_empty_at_rest()
    {
        await using var store = await OpenAsync();
        var head = await store.Journals.OpenAsync("season");
        var blob = new byte[4000];
        for (var last = 0; last < 20_000; last += 64)
        {
            var from = last;
            var group = Enumerable.Range(0, 64).Select(i => AppendAsync(store, head, from + i, blob)).ToArray();
            Assert.All(await Task.WhenAll(group), outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        }

        Assert.InRange(new FileInfo(LogFile).Length, 0, 32 << 20);
        await Eventually.TrueAsync(() => Task.FromResult(new FileInfo(LogFile).Length == 0), "the log is empty");
    }

    [Fact]
    public async Task What_was_deleted_is_in_no_file_any_more()
    {
        var secret = Encoding.ASCII.GetBytes("the-name-of-an-erased-player");
        await using var store = await OpenAsync();
        var head = await store.Journals.OpenAsync("season");
        await AppendAsync(store, head, 0, [.. new byte[3000], .. secret, .. new byte[3000]]);
        await store.Records.CommitAsync([new RecordWrite("players/1", 0, secret)]);
        await store.Journals.WriteSliceAsync(head, 1, 0, secret);
        await store.Journals.CommitSnapshotAsync(head, 1, 1, 1);
        await LogIsEmptyAsync();
        Assert.True(Holds(DatabaseFile, secret));

        await store.Journals.WriteSliceAsync(head, 2, 0, "nobody"u8.ToArray());
        await store.Journals.CommitSnapshotAsync(head, 2, 1, 1);
        Assert.Equal((WriteOutcome.Committed, false), await store.Journals.TruncateAsync(head));
        await store.Records.CommitAsync([new RecordWrite("players/1", 1, null)]);
        await LogIsEmptyAsync();

        Assert.False(Holds(DatabaseFile, secret));
    }

    [Fact]
    public async Task Expired_marks_are_deleted_when_the_writer_rests()
    {
        await using var store = await OpenAsync();
        var head = await store.Journals.OpenAsync("season");
        Mark MarkOf(int i) => new("board", BitConverter.GetBytes(i), new byte[1], _clock.GetUtcNow().AddHours(i % 2 == 0 ? 1 : 48));
        await store.Journals.AppendAsync(new JournalAppend
        {
            Head = head,
            ExpectedLast = 0,
            NewLast = 1,
            Data = new byte[1],
            Marks = [.. Enumerable.Range(0, 1000).Select(MarkOf)],
        });

        _clock.Advance(TimeSpan.FromHours(2));

        await Eventually.TrueAsync(() => Task.FromResult(Execute("SELECT count(*) FROM marks") is 500L), "half of the marks are gone");
        Assert.NotNull(await store.Journals.FindMarkAsync("board", BitConverter.GetBytes(7)));
    }

    [Fact]
    public async Task A_lock_held_by_a_foreign_process_fails_writes_and_they_go_on_after_it()
    {
        await using var store = await OpenAsync(lockTimeout: TimeSpan.FromSeconds(1));
        var head = await store.Journals.OpenAsync("season");
        await AppendAsync(store, head, 0, "kept"u8.ToArray());
        using (var foreign = Connect())
        {
            foreign.Execute("BEGIN IMMEDIATE");
            Assert.Equal(WriteOutcome.Failed, await AppendAsync(store, head, 1, "refused"u8.ToArray()));
            Assert.False(await store.CheckAsync());
        }

        Assert.True(await store.CheckAsync());
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(store, head, 1, "taken"u8.ToArray()));
        Assert.Equal(2, (await store.Journals.OpenAsync("season")).LastSequence);
    }

    private async Task<SqliteStore> OpenAsync(TimeSpan? lockTimeout = null) => await SqliteStore.OpenAsync(
        new SqliteOptions { DataDirectory = _directory, LockTimeout = lockTimeout ?? TimeSpan.FromSeconds(3) },
        _clock,
        NullLoggerFactory.Instance);

    private static Task<WriteOutcome> AppendAsync(IStore store, JournalHead head, long last, byte[] data) =>
        store.Journals.AppendAsync(new JournalAppend { Head = head, ExpectedLast = last, NewLast = last + 1, Data = data }).AsTask();

    private Task LogIsEmptyAsync() =>
        Eventually.TrueAsync(() => Task.FromResult(new FileInfo(LogFile).Length == 0), "the log is empty");

    private static bool Holds(string file, byte[] text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var all = new byte[stream.Length];
        stream.ReadExactly(all);
        return all.AsSpan().IndexOf(text) >= 0;
    }

    /// <summary>Cuts a file off at any length, or inverts one of its bytes.</summary>
    private static void Tear(string file, Random random, bool flip)
    {
        var bytes = File.ReadAllBytes(file);
        var at = random.Next(bytes.Length);
        if (flip)
        {
            bytes[at] ^= 0xff;
        }

        File.WriteAllBytes(file, flip ? bytes : bytes[..at]);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        return connection;
    }

    private object? Execute(string sql)
    {
        using var connection = Connect();
        return connection.Scalar(sql);
    }
}
