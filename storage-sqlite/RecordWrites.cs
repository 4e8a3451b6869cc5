using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>The writes of records, inside the committer's transaction.</summary>
internal sealed class RecordWrites(SqliteConnection connection) : IDisposable
{
    private readonly Statement _create = new(connection,
        "INSERT INTO records (key, version, data) VALUES ($1, 1, $2) ON CONFLICT (key) DO NOTHING", 2);

    private readonly Statement _put = new(connection, """
        INSERT INTO records (key, version, data) VALUES ($1, 1, $2)
        ON CONFLICT (key) DO UPDATE SET version = version + 1, data = excluded.data
        """, 2);

    private readonly Statement _update = new(connection,
        "UPDATE records SET version = version + 1, data = $3 WHERE key = $1 AND version = $2", 3);

    private readonly Statement _delete = new(connection, "DELETE FROM records WHERE key = $1 AND version = $2", 2);

    private readonly Statement _remove = new(connection, "DELETE FROM records WHERE key = $1", 1);

    private readonly Statement _exists = new(connection, "SELECT 1 FROM records WHERE key = $1", 1);

    public void Commit(WriteRequest.Records request)
    {
        foreach (var write in request.Writes)
        {
            if (!TryWrite(write))
            {
                request.Propose(WriteOutcome.Lost);
                return;
            }
        }

        request.Propose(WriteOutcome.Committed);
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_create, _put, _update, _delete, _remove, _exists])
        {
            statement.Dispose();
        }
    }

    private bool TryWrite(RecordWrite write) => write switch
    {
        { Data: { } data, ExpectedVersion: null } => _put.Run(write.Key, data) == 1,
        { Data: { } data, ExpectedVersion: 0 } => _create.Run(write.Key, data) == 1,
        { Data: { } data, ExpectedVersion: { } version } => _update.Run(write.Key, version, data) == 1,
        { ExpectedVersion: null } => _remove.Run(write.Key) >= 0,
        { ExpectedVersion: 0 } => !Exists(write.Key),
        { ExpectedVersion: { } version } => _delete.Run(write.Key, version) == 1,
    };

    private bool Exists(string key)
    {
        using var row = _exists.Query(key);
        return row.Read();
    }
}
