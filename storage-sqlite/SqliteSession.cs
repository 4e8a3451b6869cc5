using System.Diagnostics;
using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>The writer's connection with its prepared statements.</summary>
internal sealed class SqliteSession(SqliteConnection connection, TimeProvider clock) : IDisposable
{
    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE", 0);
    private readonly Statement _commit = new(connection, "COMMIT", 0);
    private readonly Statement _rollBack = new(connection, "ROLLBACK", 0);
    private readonly Statement _save = new(connection, "SAVEPOINT request", 0);
    private readonly Statement _undo = new(connection, "ROLLBACK TO request", 0);
    private readonly Statement _release = new(connection, "RELEASE request", 0);
    private readonly Statement _probe = new(connection, "UPDATE probe SET writes = writes + 1", 0);
    private readonly RecordWrites _records = new(connection);

    public SqliteConnection Connection { get; } = connection;

    public JournalWrites Journals { get; } = new(connection, clock);

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    /// <summary>Ends the transaction, which the error may have ended already; false when that fails.</summary>
    public bool TryRollBack()
    {
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0)
            {
                _rollBack.Run();
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Runs a request inside the transaction; one that ends other than committed leaves nothing in it.</summary>
    /// <param name="request">The request, which gets its proposal.</param>
    /// <param name="probe">Whether a check has to try a write, because the last one failed.</param>
    public void Execute(WriteRequest request, bool probe)
    {
        switch (request)
        {
            case WriteRequest.Append append when append.What.Marks.Count == 0:
                Journals.Append(append);
                break;
            case WriteRequest.Append append:
                Isolate(append, () => Journals.Append(append));
                break;
            case WriteRequest.Records { Writes.Count: 1 } records:
                _records.Commit(records);
                break;
            case WriteRequest.Records records:
                Isolate(records, () => _records.Commit(records));
                break;
            case WriteRequest.Slice slice:
                Journals.WriteSlice(slice);
                break;
            case WriteRequest.Snapshot snapshot:
                Journals.CommitSnapshot(snapshot);
                break;
            case WriteRequest.Truncate truncate:
                Journals.Truncate(truncate);
                break;
            case WriteRequest.Open open:
                Journals.Open(open);
                break;
            case WriteRequest.Check check:
                check.Propose(!probe || _probe.Run() == 1 ? WriteOutcome.Committed : WriteOutcome.Failed);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_begin, _commit, _rollBack, _save, _undo, _release, _probe])
        {
            statement.Dispose();
        }

        _records.Dispose();
        Journals.Dispose();
        Connection.Dispose();
    }

    private void Isolate(WriteRequest request, Action write)
    {
        _save.Run();
        write();
        if (request.Proposed != WriteOutcome.Committed)
        {
            _undo.Run();
        }

        _release.Run();
    }
}
