using Laurel.Storage.Sqlite;
using Laurel.Storage.Writing;
using Laurel.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Storage.Tests;

/// <summary>A data directory of its own for each test.</summary>
public sealed class SqliteDatabase : TestDatabase
{
    private readonly TempDirectory _directory = new();

    public override string[] Target => ["sqlite", _directory];

    public override Task StartAsync() => Task.CompletedTask;

    public override async Task<IStore> OpenAsync(TimeProvider clock, WriterOptions? writer = null) =>
        await SqliteStore.OpenAsync(
            new SqliteOptions { DataDirectory = _directory, Writer = writer ?? new() },
            clock,
            NullLoggerFactory.Instance);

    public override Task<IStore> OpenRivalAsync(IStore first, TimeProvider clock) => Task.FromResult(first);

    public override Task<IAsyncDisposable> BlockWritesAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "laurel.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return Task.FromResult<IAsyncDisposable>(connection);
    }

    public override ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
