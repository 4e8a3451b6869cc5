using Laurel.Storage.Writing;
using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>The rarer writes of journals, one statement each. Each proposes its outcome.</summary>
internal sealed class JournalWrites(NpgsqlConnection connection)
{
    public void Open(WriteRequest.Open request)
    {
        using var command = Command("""
            INSERT INTO journals AS j (name) VALUES ($1)
            ON CONFLICT (name) DO UPDATE SET epoch = j.epoch + 1
            RETURNING id, epoch, last_sequence, snapshot, snapshot_sequence
            """, request.Journal);
        using var row = command.ExecuteReader();
        row.Read();
        var epoch = row.GetInt64(1);
        var snapshot = row.IsDBNull(3) ? (long?)null : row.GetInt64(3);
        request.Head = new JournalHead(row.GetInt64(0), epoch, epoch - 1, row.GetInt64(2), snapshot, row.GetInt64(4));
        request.Propose(WriteOutcome.Committed);
    }

    public void WriteSlice(WriteRequest.Slice request) => ProposeByRows(request, """
        INSERT INTO slices (journal, epoch, snapshot, slice, data)
        SELECT id, epoch, $3, $4, $5 FROM journals WHERE id = $1 AND epoch = $2 FOR SHARE
        ON CONFLICT (journal, epoch, snapshot, slice) DO UPDATE SET data = excluded.data
        """, request.Head.Id, request.Head.Epoch, request.SnapshotId, request.Index, request.Data);

    // A snapshot that starts before the committed one would need blobs that may be deleted.
    public void CommitSnapshot(WriteRequest.Snapshot request) => ProposeByRows(request, """
        UPDATE journals SET snapshot = $3, snapshot_epoch = epoch, snapshot_sequence = $4
        WHERE id = $1 AND epoch = $2 AND last_sequence = $5 AND snapshot_sequence <= $4
        """, request.Head.Id, request.Head.Epoch, request.Id, request.StartSequence, request.ExpectedLast);

    public void Truncate(WriteRequest.Truncate request)
    {
        // Holds off the next owner until the end of the transaction, whose slices would be others' to this one.
        using (var owner = Command("SELECT 1 FROM journals WHERE id = $1 AND epoch = $2 FOR SHARE", request.Head.Id, request.Head.Epoch))
        {
            if (owner.ExecuteScalar() is null)
            {
                request.Propose(WriteOutcome.Lost);
                return;
            }
        }

        using var blobs = Command("""
            DELETE FROM blobs WHERE (journal, last_sequence) IN (
                SELECT b.journal, b.last_sequence FROM journals j
                JOIN blobs b ON b.journal = j.id AND b.last_sequence <= j.snapshot_sequence
                WHERE j.id = $1 ORDER BY b.last_sequence LIMIT $2)
            """, request.Head.Id, WriteRequest.Truncate.MaxBlobs);
        using var slices = Command("""
            DELETE FROM slices WHERE (journal, epoch, snapshot, slice) IN (
                SELECT s.journal, s.epoch, s.snapshot, s.slice FROM journals j JOIN slices s ON s.journal = j.id
                WHERE j.id = $1 AND (s.epoch IS DISTINCT FROM j.snapshot_epoch OR s.snapshot IS DISTINCT FROM j.snapshot) LIMIT $2)
            """, request.Head.Id, WriteRequest.Truncate.MaxSlices);
        request.More = blobs.ExecuteNonQuery() == WriteRequest.Truncate.MaxBlobs;
        request.More |= slices.ExecuteNonQuery() == WriteRequest.Truncate.MaxSlices;
        request.Propose(WriteOutcome.Committed);
    }

    private void ProposeByRows(WriteRequest request, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        request.Propose(command.ExecuteNonQuery() == 0 ? WriteOutcome.Lost : WriteOutcome.Committed);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
