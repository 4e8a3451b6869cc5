using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>The tables, and the steps from every older version to this one.</summary>
internal static class SqliteSchema
{
    /// <summary>
    /// The step at index n leads from version n to n + 1. A released step never changes.
    /// </summary>
    /// <remarks>
    /// Blobs have a rowid and an index beside it: in a table without rowid a 4 KB blob is part of the tree's node, which costs half as
    /// much processor time again per append. Slices are keyed by the epoch too, because a snapshot's id is new in its epoch only.
    /// </remarks>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE journals (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            epoch INTEGER NOT NULL DEFAULT 1,
            last_sequence INTEGER NOT NULL DEFAULT 0,
            snapshot INTEGER,
            snapshot_epoch INTEGER,
            snapshot_sequence INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE blobs (
            journal INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (journal, last_sequence)
        ) STRICT;
        CREATE TABLE slices (
            journal INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            snapshot INTEGER NOT NULL,
            slice INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (journal, epoch, snapshot, slice)
        ) STRICT;
        CREATE TABLE marks (
            scope TEXT NOT NULL,
            key BLOB NOT NULL,
            data BLOB NOT NULL,
            expires_ms INTEGER NOT NULL,
            PRIMARY KEY (scope, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX marks_by_expiry ON marks (expires_ms);
        CREATE TABLE records (
            key TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            data BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE probe (id INTEGER PRIMARY KEY, writes INTEGER NOT NULL) STRICT;
        INSERT INTO probe VALUES (1, 0);
        """,
    ];

    /// <summary>The version this program writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings a database to <see cref="Version"/>, one transaction a step.</summary>
    /// <exception cref="NewerSchemaException">It was written by a newer program.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var found = Convert.ToInt32(connection.Scalar("PRAGMA user_version"));
        if (found > Version)
        {
            throw new NewerSchemaException(connection.DataSource, found, Version);
        }

        for (var version = found; version < Version; version++)
        {
            connection.Execute("BEGIN IMMEDIATE");
            connection.Execute(Steps[version]);
            connection.Execute($"PRAGMA user_version = {version + 1}");
            connection.Execute("COMMIT");
        }
    }
}
