using Laurel.Storage.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>
/// The shared store: a schema in a PostgreSQL database that any number of processes may use at once. Journals fence their owners against
/// each other, records are compared and set.
/// </summary>
/// <remarks>One connection writes, on a thread of its own; others, from a pool, read beside it.</remarks>
public sealed class PostgresStore : IStore
{
    private readonly PostgresConnections _connections;
    private readonly GroupWriter _writer;

    private PostgresStore(PostgresConnections connections, GroupWriter writer, TimeProvider clock)
    {
        (_connections, _writer) = (connections, writer);
        var reader = new PostgresReader(connections, clock);
        Journals = new JournalStore(writer, reader);
        Records = new RecordStore(writer, reader);
    }

    public IJournalStore Journals { get; }

    public IRecordStore Records { get; }

    /// <summary>Connects, creates the schema when it is missing, and brings an older one to the present version.</summary>
    /// <param name="options">Where the database is.</param>
    /// <param name="clock">Decides which marks have expired.</param>
    /// <param name="logs">For failing and recovering writes.</param>
    /// <exception cref="NewerSchemaException">A newer program wrote the database.</exception>
    /// <exception cref="StorageUnavailableException">The database does not answer, or cannot be used.</exception>
    public static Task<PostgresStore> OpenAsync(PostgresOptions options, TimeProvider clock, ILoggerFactory logs) =>
        Task.Run(() => Open(options, clock, logs.CreateLogger<PostgresStore>()));

    public async Task<bool> CheckAsync() =>
        await _writer.Submit(new WriteRequest.Check()).ConfigureAwait(false) == WriteOutcome.Committed;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<PostgresStore> Open(PostgresOptions options, TimeProvider clock, ILogger logger)
    {
        var connections = new PostgresConnections(options);
        try
        {
            using (var connection = connections.OpenWriter())
            {
                PostgresSchema.Migrate(connection, connections.Schema, connections.Description);
            }

            var committer = new PostgresCommitter(connections, clock, logger);
            return new PostgresStore(connections, new GroupWriter("Laurel PostgreSQL writer", committer, options.Writer), clock);
        }
        catch (Exception error)
        {
            await connections.DisposeAsync().ConfigureAwait(false);
            if (error is NpgsqlException)
            {
                throw new StorageUnavailableException($"The database {connections.Description} cannot be opened: {error.Message}", error);
            }

            throw;
        }
    }
}
