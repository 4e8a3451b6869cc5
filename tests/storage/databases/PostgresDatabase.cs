using Laurel.Storage.Postgres;
using Laurel.Storage.Writing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Laurel.Storage.Tests;

/// <summary>A schema of its own for each test.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";
    private string _connectionString = "";

    public override string[] Target => ["postgres", _connectionString, _schema];

    public override async Task StartAsync() => _connectionString = (await SharedPostgres.GetAsync()).ConnectionString;

    public override async Task<IStore> OpenAsync(TimeProvider clock, WriterOptions? writer = null) =>
        await PostgresStore.OpenAsync(
            new PostgresOptions
            {
                ConnectionString = _connectionString,
                Schema = _schema,
                Writer = writer ?? new(),
                ReadConnections = 2,
            },
            clock,
            NullLoggerFactory.Instance);

    public override Task<IStore> OpenRivalAsync(IStore first, TimeProvider clock) => OpenAsync(clock);

    public override async Task<IAsyncDisposable> BlockWritesAsync()
    {
        var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"BEGIN; LOCK TABLE {_schema}.journals, {_schema}.records IN SHARE ROW EXCLUSIVE MODE",
            connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
