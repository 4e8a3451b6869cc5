using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Laurel.Storage.Sqlite;

/// <summary>What SQLite's error codes mean for a transaction.</summary>
internal static class SqliteErrors
{
    /// <summary>Whether a failed COMMIT has certainly left no trace that a recovery could take for a commit.</summary>
    /// <remarks>
    /// The frame that marks the commit is the last one written, so a log that could not be extended lacks it; and a lock is asked for
    /// before anything is written. All other errors may come after that frame: from the sync, or from the shared index behind it.
    /// The next transaction overwrites its place, which settles the matter.
    /// </remarks>
    public static bool IsCertainAtCommit(this SqliteException error) => error.SqliteErrorCode is SQLITE_FULL or SQLITE_BUSY;

    /// <summary>Whether the connection itself is sound, so that it may be used again.</summary>
    public static bool KeepsConnection(this SqliteException error) =>
        error.SqliteErrorCode is SQLITE_FULL or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_CONSTRAINT or SQLITE_TOOBIG;
}
