using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>A reading connection with its prepared statements.</summary>
internal sealed class ReadSession(SqliteConnection connection) : IDisposable
{
    // The head stands in every row, so that one statement, which sees one state, also tells whether the reader still owns the journal.
    public Statement Blobs { get; } = new(connection, """
        SELECT j.epoch, j.snapshot_sequence, b.last_sequence, b.data
        FROM journals j LEFT JOIN blobs b ON b.journal = j.id AND b.last_sequence > $2 AND b.last_sequence <= $3
        WHERE j.id = $1 ORDER BY b.last_sequence
        """, 3);

    public Statement Slices { get; } = new(connection, """
        SELECT j.epoch, j.snapshot_sequence, s.slice, s.data
        FROM journals j LEFT JOIN slices s
            ON s.journal = j.id AND s.epoch = j.snapshot_epoch AND s.snapshot = j.snapshot AND s.slice >= $2
        WHERE j.id = $1 ORDER BY s.slice
        """, 2);

    public Statement Mark { get; } = new(connection, "SELECT data FROM marks WHERE scope = $1 AND key = $2 AND expires_ms > $3", 3);

    public Statement Record { get; } = new(connection, "SELECT version, data FROM records WHERE key = $1", 1);

    public Statement List { get; } = new(connection,
        "SELECT key, version, data FROM records WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3", 3);

    public Statement Count { get; } = new(connection, "SELECT count(*) FROM records WHERE key >= $1 AND key < $2", 2);

    public void Dispose()
    {
        foreach (var statement in (Statement[])[Blobs, Slices, Mark, Record, List, Count])
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
