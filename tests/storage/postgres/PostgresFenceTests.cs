using Laurel.Storage.Postgres;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Laurel.Storage.Tests;

/// <summary>A commit of a broken session that the server has still to finish.</summary>
public sealed class PostgresFenceTests
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task An_opening_waits_for_a_transaction_under_way_and_knows_how_it_ended(bool commits, long expected)
    {
        var server = await SharedPostgres.GetAsync();
        await using var store = await OpenAsync(server.ConnectionString);
        await store.Journals.OpenAsync("season");
        await using var broken = await ConnectAsync(server.ConnectionString);
        await AppendAsync(broken, "BEGIN; ");

        var opening = store.Journals.OpenAsync("season");
        await using (var watch = await ConnectAsync(server.ConnectionString))
        {
            await WaitForLockAsync(watch);
        }

        Assert.False(opening.IsCompleted);
        await using var end = new NpgsqlCommand(commits ? "COMMIT" : "ROLLBACK", broken);
        await end.ExecuteNonQueryAsync();

        Assert.Equal(expected, (await opening).LastSequence);
    }

    [Fact]
    public async Task What_a_broken_session_had_sent_writes_nothing_when_it_arrives_after_the_opening()
    {
        var server = await SharedPostgres.GetAsync();
        await using var store = await OpenAsync(server.ConnectionString);
        await store.Journals.OpenAsync("season");
        var head = await store.Journals.OpenAsync("season");

        await using var broken = await ConnectAsync(server.ConnectionString);
        Assert.Equal(0, await AppendAsync(broken, ""));

        Assert.Equal(WriteOutcome.Committed, await store.Journals.AppendAsync(
            new JournalAppend { Head = head, ExpectedLast = 0, NewLast = 1, Data = "mine"u8.ToArray() }));
    }

    /// <summary>What an owner of the first epoch sends for its first append.</summary>
    private async Task<int> AppendAsync(NpgsqlConnection connection, string before)
    {
        await using var command = new NpgsqlCommand(
            $"{before}UPDATE {_schema}.journals SET last_sequence = 1 WHERE name = 'season' AND epoch = 1 AND last_sequence = 0",
            connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asks the server until some session of this test's store waits for a lock.</summary>
    private async Task WaitForLockAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = $1",
            connection);
        command.Parameters.Add(new() { Value = _schema });
        await Eventually.TrueAsync(
            async () => await command.ExecuteScalarAsync() is > 0L,
            "the opening waits for the row");
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private Task<PostgresStore> OpenAsync(string connectionString) => PostgresStore.OpenAsync(
        new PostgresOptions { ConnectionString = $"{connectionString};Application Name={_schema}", Schema = _schema },
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
