using System.Diagnostics;
using Laurel.Storage.Writing;
using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>The writer's connection: executes requests kind by kind, many in one statement where they allow it.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, TimeProvider clock) : IDisposable
{
    private readonly AppendRuns _appends = new(connection, clock);
    private readonly RecordRuns _records = new(connection);
    private readonly JournalWrites _journals = new(connection);

    /// <summary>Executes a group in a transaction; the result, which the caller commits, has proposals for each request.</summary>
    /// <param name="group">The requests.</param>
    /// <param name="probe">Whether a check has to try a write, because the last one failed.</param>
    public NpgsqlTransaction Execute(IReadOnlyList<WriteRequest> group, bool probe)
    {
        var transaction = connection.BeginTransaction();
        try
        {
            foreach (var phase in WritePhase.Of(group))
            {
                _appends.Execute(phase.Appends);
                _records.Execute(phase.Records);
                foreach (var request in phase.Others)
                {
                    Execute(request, probe);
                }
            }

            return transaction;
        }
        catch (NpgsqlException error)
        {
            EndQuietly(transaction, error);
            throw;
        }
    }

    /// <summary>Executes and commits a group that is one statement, in one round trip.</summary>
    public void CommitAlone(AppendRun run) => _appends.Execute(run);

    /// <summary>Deletes up to so many expired marks, and returns how many there were.</summary>
    public int ForgetExpired(int limit)
    {
        using var command = new NpgsqlCommand("""
            DELETE FROM marks WHERE (scope, key) IN (
                SELECT scope, key FROM marks WHERE expires_ms <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
            """, connection);
        command.Parameters.Add(new() { Value = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        command.Parameters.Add(new() { Value = limit });
        return command.ExecuteNonQuery();
    }

    public void Dispose() => connection.Dispose();

    private void Execute(WriteRequest request, bool probe)
    {
        switch (request)
        {
            case WriteRequest.Slice slice:
                _journals.WriteSlice(slice);
                break;
            case WriteRequest.Snapshot snapshot:
                _journals.CommitSnapshot(snapshot);
                break;
            case WriteRequest.Truncate truncate:
                _journals.Truncate(truncate);
                break;
            case WriteRequest.Open open:
                _journals.Open(open);
                break;
            case WriteRequest.Check check:
                using (var command = new NpgsqlCommand(probe ? "UPDATE probe SET writes = writes + 1" : "SELECT 1", connection))
                {
                    command.ExecuteNonQuery();
                }

                check.Propose(WriteOutcome.Committed);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>After an answer the session goes on, so its transaction is ended; otherwise the connection is given up anyway.</summary>
    private static void EndQuietly(NpgsqlTransaction transaction, NpgsqlException error)
    {
        if (error.IsAnswer())
        {
            transaction.Rollback();
        }

        transaction.Dispose();
    }
}
