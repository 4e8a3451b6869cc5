using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Laurel.Storage.Postgres;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Laurel.Storage.Tests;

/// <summary>A server that dies, that is silent, that is shared or too new.</summary>
public sealed class PostgresOutageTests
{
    [Fact]
    public async Task A_killed_server_fails_writes_loses_nothing_acknowledged_and_is_found_again_without_a_restart()
    {
        await SharedPostgres.GetAsync();
        await using var server = await PostgresServer.StartAsync();
        await using var store = await OpenAsync(server.ConnectionString);
        ConcurrentDictionary<string, (long Sequence, bool InDoubt)> ends = [];
        var acknowledged = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = CrashWriter.Journals.Select(journal => Task.Run(async () =>
        {
            var head = await store.Journals.OpenAsync(journal);
            for (var last = head.LastSequence; ; last++)
            {
                var outcome = await AppendAsync(store, head, journal, last);
                if (outcome != WriteOutcome.Committed)
                {
                    ends[journal] = (last, outcome == WriteOutcome.Unknown);
                    return;
                }

                if (Interlocked.Increment(ref acknowledged) == 500)
                {
                    enough.SetResult();
                }
            }
        })).ToArray();

        await enough.Task;
        await server.KillAsync();
        await Task.WhenAll(writers);
        Assert.False(await store.CheckAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Records.GetAsync("any"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Journals.OpenAsync("any"));

        await server.StartAgainAsync();
        await Eventually.TrueAsync(store.CheckAsync, "the store takes writes again");
        foreach (var journal in CrashWriter.Journals)
        {
            var head = await store.Journals.OpenAsync(journal);
            var (sequence, inDoubt) = ends[journal];
            Assert.InRange(head.LastSequence, sequence, inDoubt ? sequence + 1 : sequence);
            var next = 0L;
            await foreach (var blob in store.Journals.ReadAsync(head))
            {
                Assert.Equal(++next, blob.LastSequence);
                Assert.True(CrashPayload.Of(journal, next).AsSpan().SequenceEqual(blob.Data));
            }

            Assert.Equal(head.LastSequence, next);
            Assert.Equal(WriteOutcome.Committed, await AppendAsync(store, head, journal, next));
        }
    }

    [Fact]
    public async Task A_session_that_the_server_ends_fails_one_group_and_the_next_is_taken()
    {
        var server = await SharedPostgres.GetAsync();
        var schema = $"test_{Guid.NewGuid():N}";
        await using var store = await OpenAsync($"{server.ConnectionString};Application Name={schema}", schema);
        var head = await store.Journals.OpenAsync("season");
        await using (var admin = new NpgsqlConnection(server.ConnectionString))
        {
            await admin.OpenAsync();
            await using var command = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = $1",
                admin);
            command.Parameters.Add(new() { Value = schema });
            Assert.NotEqual(0L, await command.ExecuteScalarAsync());
        }

        var outcome = await AppendAsync(store, head, "season", 0);
        await Eventually.TrueAsync(store.CheckAsync, "the store takes writes again");
        head = await store.Journals.OpenAsync("season");
        Assert.Equal(outcome == WriteOutcome.Committed ? 1 : 0, head.LastSequence);
        Assert.Equal(WriteOutcome.Committed, await AppendAsync(store, head, "season", head.LastSequence));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => OpenAsync($"Host=127.0.0.1;Port={port};Username=u;Database=d", timeout: TimeSpan.FromSeconds(1)));

        Assert.Contains($"127.0.0.1:{port}/d", error.Message);
    }

    [Fact]
    public async Task A_locked_table_fails_writes_before_their_deadline()
    {
        var server = await SharedPostgres.GetAsync();
        var schema = $"test_{Guid.NewGuid():N}";
        await using var store = await OpenAsync(server.ConnectionString, schema);
        var head = await store.Journals.OpenAsync("season");
        await using (var foreign = new NpgsqlConnection(server.ConnectionString))
        {
            await foreign.OpenAsync();
            await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {schema}.journals IN SHARE ROW EXCLUSIVE MODE", foreign);
            await command.ExecuteNonQueryAsync();
            Assert.Equal(WriteOutcome.Failed, await AppendAsync(store, head, "season", 0));
        }

        Assert.Equal(WriteOutcome.Committed, await AppendAsync(store, head, "season", 0));
    }

    [Fact]
    public async Task Processes_that_start_at_once_create_the_schema_together()
    {
        var server = await SharedPostgres.GetAsync();
        var schema = $"test_{Guid.NewGuid():N}";

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync(server.ConnectionString, schema)));

        var heads = await Task.WhenAll(stores.Select(store => store.Journals.OpenAsync("season")));
        Assert.Equal(Enumerable.Range(1, 6).Select(i => (long)i), heads.Select(head => head.Epoch).Order());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_versions_named()
    {
        var server = await SharedPostgres.GetAsync();
        var schema = $"test_{Guid.NewGuid():N}";
        await (await OpenAsync(server.ConnectionString, schema)).DisposeAsync();
        await using var admin = new NpgsqlConnection(server.ConnectionString);
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand($"UPDATE {schema}.schema_version SET version = 99", admin);
        await command.ExecuteNonQueryAsync();

        var refusal = await Assert.ThrowsAsync<NewerSchemaException>(() => OpenAsync(server.ConnectionString, schema));

        Assert.Contains("schema version 99", refusal.Message);
        Assert.Contains($"versions up to {PostgresSchema.Version}", refusal.Message);
    }

    [Theory]
    [InlineData("Laurel")]
    [InlineData("a\"; DROP SCHEMA public; --")]
    [InlineData("")]
    public async Task A_schema_name_that_would_need_quotes_is_refused(string schema) =>
        await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync("Host=127.0.0.1", schema));

    private static Task<PostgresStore> OpenAsync(string connectionString, string schema = "laurel", TimeSpan? timeout = null) =>
        PostgresStore.OpenAsync(
            new PostgresOptions
            {
                ConnectionString = connectionString,
                Schema = schema,
                ReadConnections = 2,
                StatementTimeout = timeout ?? TimeSpan.FromSeconds(5),
                LockTimeout = TimeSpan.FromSeconds(1),
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);

    private static async Task<WriteOutcome> AppendAsync(IStore store, JournalHead head, string journal, long last) =>
        await store.Journals.AppendAsync(new JournalAppend
        {
            Head = head,
            ExpectedLast = last,
            NewLast = last + 1,
            Data = CrashPayload.Of(journal, last + 1),
        });
}
