using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Laurel.Storage.Sqlite;

/// <summary>
/// The embedded store: one SQLite file, <c>laurel.db</c>, in a data directory that belongs to this process alone.
/// </summary>
/// <remarks>
/// One connection writes, on a thread of its own; others read beside it. The journal mode is WAL with <c>synchronous=FULL</c>: a
/// committed group has reached the disk.
/// </remarks>
public sealed class SqliteStore : IStore
{
    private readonly DirectoryLock _directory;
    private readonly GroupWriter _writer;
    private readonly ReadPool _readers;

    private SqliteStore(DirectoryLock directory, GroupWriter writer, ReadPool readers, TimeProvider clock)
    {
        (_directory, _writer, _readers) = (directory, writer, readers);
        var reader = new SqliteReader(readers, clock);
        Journals = new JournalStore(writer, reader);
        Records = new RecordStore(writer, reader);
    }

    public IJournalStore Journals { get; }

    public IRecordStore Records { get; }

    /// <summary>Opens the database, creates it when it is missing, and brings an older one to the present schema.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="clock">Decides which marks have expired.</param>
    /// <param name="logs">For failing and recovering writes.</param>
    /// <exception cref="DirectoryInUseException">Another process uses the directory.</exception>
    /// <exception cref="NewerSchemaException">A newer program wrote the database.</exception>
    /// <exception cref="StorageUnavailableException">The directory or the file cannot be used.</exception>
    public static Task<SqliteStore> OpenAsync(SqliteOptions options, TimeProvider clock, ILoggerFactory logs) =>
        Task.Run(() => Open(options, clock, logs.CreateLogger<SqliteStore>()));

    public async Task<bool> CheckAsync() =>
        await _writer.Submit(new WriteRequest.Check()).ConfigureAwait(false) == WriteOutcome.Committed;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _readers.Dispose();
        _directory.Dispose();
    }

    private static SqliteStore Open(SqliteOptions options, TimeProvider clock, ILogger logger)
    {
        DirectoryLock? directory = null;
        SqliteCommitter? committer = null;
        try
        {
            Directory.CreateDirectory(options.DataDirectory);
            directory = DirectoryLock.Take(options.DataDirectory);
            var path = Path.Combine(options.DataDirectory, "laurel.db");
            using (var connection = SqliteConnections.OpenWriter(path, options.LockTimeout))
            {
                SqliteSchema.Migrate(connection);
            }

            committer = new SqliteCommitter(path, options, clock, logger);
            committer.Connect();
            var writer = new GroupWriter("Laurel SQLite writer", committer, options.Writer);
            return new SqliteStore(directory, writer, new ReadPool(path, options), clock);
        }
        catch (Exception error)
        {
            committer?.Dispose();
            directory?.Dispose();
            if (error is SqliteException or IOException or UnauthorizedAccessException)
            {
                var message = $"The database in '{options.DataDirectory}' cannot be opened: {error.Message}";
                throw new StorageUnavailableException(message, error);
            }

            throw;
        }
    }
}
