using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>The writes of journals, inside the committer's transaction. Each proposes its outcome.</summary>
internal sealed class JournalWrites(SqliteConnection connection, TimeProvider clock) : IDisposable
{
    private readonly Statement _open = new(connection, """
        INSERT INTO journals (name) VALUES ($1)
        ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1
        RETURNING id, epoch, last_sequence, snapshot, snapshot_sequence
        """, 1);

    private readonly Statement _advance = new(connection,
        "UPDATE journals SET last_sequence = $1 WHERE id = $2 AND epoch = $3 AND last_sequence = $4", 4);

    private readonly Statement _append = new(connection, "INSERT INTO blobs (journal, last_sequence, data) VALUES ($1, $2, $3)", 3);

    private readonly Statement _mark = new(connection, """
        INSERT INTO marks (scope, key, data, expires_ms) VALUES ($1, $2, $3, $4)
        ON CONFLICT (scope, key) DO UPDATE SET data = excluded.data, expires_ms = excluded.expires_ms WHERE marks.expires_ms <= $5
        """, 5);

    private readonly Statement _slice = new(connection, """
        INSERT OR REPLACE INTO slices (journal, epoch, snapshot, slice, data)
        SELECT id, epoch, $3, $4, $5 FROM journals WHERE id = $1 AND epoch = $2
        """, 5);

    // A snapshot that starts before the committed one would need blobs that may be deleted.
    private readonly Statement _snapshot = new(connection, """
        UPDATE journals SET snapshot = $3, snapshot_epoch = epoch, snapshot_sequence = $4
        WHERE id = $1 AND epoch = $2 AND last_sequence = $5 AND snapshot_sequence <= $4
        """, 5);

    private readonly Statement _owns = new(connection, "SELECT 1 FROM journals WHERE id = $1 AND epoch = $2", 2);

    private readonly Statement _dropBlobs = new(connection, """
        DELETE FROM blobs WHERE rowid IN (
            SELECT b.rowid FROM journals j JOIN blobs b ON b.journal = j.id AND b.last_sequence <= j.snapshot_sequence
            WHERE j.id = $1 LIMIT $2)
        """, 2);

    private readonly Statement _dropSlices = new(connection, """
        DELETE FROM slices WHERE rowid IN (
            SELECT s.rowid FROM journals j JOIN slices s ON s.journal = j.id
            WHERE j.id = $1 AND (s.epoch, s.snapshot) IS NOT (j.snapshot_epoch, j.snapshot) LIMIT $2)
        """, 2);

    private readonly Statement _forget = new(connection, """
        DELETE FROM marks WHERE (scope, key) IN (SELECT scope, key FROM marks WHERE expires_ms <= $1 LIMIT $2)
        """, 2);

    public void Open(WriteRequest.Open request)
    {
        using var row = _open.Query(request.Journal);
        row.Read();
        var epoch = row.GetInt64(1);
        var snapshot = row.IsDBNull(3) ? (long?)null : row.GetInt64(3);
        request.Head = new JournalHead(row.GetInt64(0), epoch, epoch - 1, row.GetInt64(2), snapshot, row.GetInt64(4));
        request.Propose(WriteOutcome.Committed);
    }

    public void Append(WriteRequest.Append request)
    {
        var append = request.What;
        if (_advance.Run(append.NewLast, append.Head.Id, append.Head.Epoch, append.ExpectedLast) == 0)
        {
            request.Propose(WriteOutcome.Lost);
            return;
        }

        _append.Run(append.Head.Id, append.NewLast, ByteArrays.Of(append.Data));
        request.Propose(append.Marks.All(TryMark) ? WriteOutcome.Committed : WriteOutcome.MarkTaken);
    }

    public void WriteSlice(WriteRequest.Slice request)
    {
        var written = _slice.Run(request.Head.Id, request.Head.Epoch, request.SnapshotId, request.Index, request.Data);
        request.Propose(written == 0 ? WriteOutcome.Lost : WriteOutcome.Committed);
    }

    public void CommitSnapshot(WriteRequest.Snapshot request)
    {
        var written = _snapshot.Run(request.Head.Id, request.Head.Epoch, request.Id, request.StartSequence, request.ExpectedLast);
        request.Propose(written == 0 ? WriteOutcome.Lost : WriteOutcome.Committed);
    }

    public void Truncate(WriteRequest.Truncate request)
    {
        using (var owner = _owns.Query(request.Head.Id, request.Head.Epoch))
        {
            if (!owner.Read())
            {
                request.Propose(WriteOutcome.Lost);
                return;
            }
        }

        var blobs = _dropBlobs.Run(request.Head.Id, WriteRequest.Truncate.MaxBlobs);
        var slices = _dropSlices.Run(request.Head.Id, WriteRequest.Truncate.MaxSlices);
        request.More = blobs == WriteRequest.Truncate.MaxBlobs || slices == WriteRequest.Truncate.MaxSlices;
        request.Propose(WriteOutcome.Committed);
    }

    /// <summary>Deletes up to so many expired marks, and returns how many there were.</summary>
    public int ForgetExpired(int limit) => _forget.Run(clock.GetUtcNow().ToUnixTimeMilliseconds(), limit);

    public void Dispose()
    {
        Statement[] all = [_open, _advance, _append, _mark, _slice, _snapshot, _owns, _dropBlobs, _dropSlices, _forget];
        foreach (var statement in all)
        {
            statement.Dispose();
        }
    }

    private bool TryMark(Mark mark)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var expires = mark.Expires.ToUnixTimeMilliseconds();
        return _mark.Run(mark.Scope, ByteArrays.Of(mark.Key), ByteArrays.Of(mark.Data), expires, now) == 1;
    }
}
