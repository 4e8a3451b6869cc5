using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>Opens the writer's and the readers' connections with the settings that durability rests on.</summary>
internal static class SqliteConnections
{
    /// <summary>How far the write-ahead log's file is cut back when it starts over.</summary>
    private const int LogBytesKept = 16 << 20;

    /// <summary>How long SQLite itself waits for a lock, and a checkpoint for readers. A command waits on, up to its time-out.</summary>
    private const int BusyMilliseconds = 500;

    /// <summary>The one connection that writes.</summary>
    /// <remarks>
    /// <c>secure_delete</c> overwrites what is deleted, since an erased player must not be found in the file; it costs appends nothing,
    /// and truncation one more write of each freed page. Checkpoints are the committer's: see <see cref="Checkpoints"/>.
    /// </remarks>
    public static SqliteConnection OpenWriter(string path, TimeSpan lockTimeout)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate, lockTimeout);
        try
        {
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA secure_delete = ON");
            connection.Execute("PRAGMA wal_autocheckpoint = 0");
            connection.Execute($"PRAGMA journal_size_limit = {LogBytesKept}");
            connection.Execute("PRAGMA cache_size = -16384");
            connection.Execute($"PRAGMA busy_timeout = {BusyMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that reads beside it.</summary>
    public static SqliteConnection OpenReader(string path, TimeSpan lockTimeout) => Open(path, SqliteOpenMode.ReadOnly, lockTimeout);

    private static SqliteConnection Open(string path, SqliteOpenMode mode, TimeSpan lockTimeout)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(lockTimeout.TotalSeconds)),
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
