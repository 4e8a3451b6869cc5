using Laurel.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Laurel.Storage.Postgres;

/// <summary>
/// Commits of records: those in a row that share no key are tried together, one statement for each kind of write. When not
/// every condition holds, which is rare, they are undone and executed singly.
/// </summary>
internal sealed class RecordRuns(NpgsqlConnection connection)
{
    private const string Create = """
        INSERT INTO records (key, version, data) SELECT key, 1, data FROM unnest($1::text[], $2::bytea[]) u (key, data)
        ON CONFLICT (key) DO NOTHING
        """;

    private const string Put = """
        INSERT INTO records AS r (key, version, data) SELECT key, 1, data FROM unnest($1::text[], $2::bytea[]) u (key, data)
        ON CONFLICT (key) DO UPDATE SET version = r.version + 1, data = excluded.data
        """;

    private const string Update = """
        UPDATE records r SET version = r.version + 1, data = u.data
        FROM unnest($1::text[], $2::bytea[], $3::bigint[]) u (key, data, version)
        WHERE r.key = u.key AND r.version = u.version
        """;

    private const string Delete = """
        DELETE FROM records r USING unnest($1::text[], $2::bigint[]) u (key, version) WHERE r.key = u.key AND r.version = u.version
        """;

    private const string Remove = "DELETE FROM records WHERE key = ANY ($1::text[])";

    private readonly Savepoint _savepoint = new(connection);

    /// <summary>Executes commits in the order given.</summary>
    public void Execute(IReadOnlyList<WriteRequest.Records> commits)
    {
        for (var i = 0; i < commits.Count;)
        {
            HashSet<string> keys = new(StringComparer.Ordinal);
            List<WriteRequest.Records> run = [];
            while (i < commits.Count && !keys.Overlaps(commits[i].Writes.Select(write => write.Key)))
            {
                keys.UnionWith(commits[i].Writes.Select(write => write.Key));
                run.Add(commits[i++]);
            }

            ExecuteRun(run);
        }
    }

    private void ExecuteRun(List<WriteRequest.Records> run)
    {
        if (TryWrite([.. run.SelectMany(request => request.Writes)]))
        {
            run.ForEach(request => request.Propose(WriteOutcome.Committed));
        }
        else if (run.Count == 1)
        {
            run[0].Propose(WriteOutcome.Lost);
        }
        else
        {
            run.ForEach(request => request.Propose(TryWrite(request.Writes) ? WriteOutcome.Committed : WriteOutcome.Lost));
        }
    }

    /// <summary>Writes all, or none and returns false.</summary>
    private bool TryWrite(IReadOnlyList<RecordWrite> writes)
    {
        using var batch = new NpgsqlBatch(connection);
        List<(NpgsqlBatchCommand Command, int Rows)> expected = [];
        foreach (var kind in writes.GroupBy(KindOf))
        {
            RecordWrite[] alike = [.. kind];
            foreach (var (command, rows) in Commands(kind.Key, alike))
            {
                batch.BatchCommands.Add(command);
                expected.Add((command, rows));
            }
        }

        // A single statement for a single write has changed nothing when it does not hold.
        if (writes.Count == 1 && expected.Count == 1)
        {
            batch.ExecuteNonQuery();
            return expected.TrueForAll(Holds);
        }

        batch.BatchCommands.Insert(0, new NpgsqlBatchCommand("SAVEPOINT part"));
        batch.ExecuteNonQuery();
        if (expected.TrueForAll(Holds))
        {
            _savepoint.Release();
            return true;
        }

        _savepoint.Undo();
        return false;
    }

    private static bool Holds((NpgsqlBatchCommand Command, int Rows) expected) =>
        expected.Rows < 0 || expected.Command.RecordsAffected == expected.Rows;

    private static string KindOf(RecordWrite write) => write switch
    {
        { Data: not null, ExpectedVersion: null } => Put,
        { Data: not null, ExpectedVersion: 0 } => Create,
        { Data: not null } => Update,
        { ExpectedVersion: null } => Remove,
        _ => Delete,
    };

    /// <summary>The statements for writes of one kind, each with the number of rows that it must affect; below zero for any.</summary>
    private static IEnumerable<(NpgsqlBatchCommand Command, int Rows)> Commands(string kind, RecordWrite[] writes)
    {
        var keys = Parameter(NpgsqlDbType.Text, Array.ConvertAll(writes, write => write.Key));
        switch (kind)
        {
            case Put or Create:
                yield return (Command(kind, keys, Data(writes)), writes.Length);
                break;
            case Update:
                yield return (Command(kind, keys, Data(writes), Versions(writes)), writes.Length);
                break;
            case Remove:
                yield return (Command(kind, keys), -1);
                break;
            default:
                // What must not exist is created and deleted: that keeps others from creating it until the transaction has ended.
                RecordWrite[] absent = [.. writes.Where(write => write.ExpectedVersion == 0).Select(write => write with { Data = [] })];
                if (absent.Length > 0)
                {
                    var absentKeys = Array.ConvertAll(absent, write => write.Key);
                    yield return (Command(Create, Parameter(NpgsqlDbType.Text, absentKeys), Data(absent)), absent.Length);
                }

                var existing = Array.ConvertAll(writes, write => write.ExpectedVersion == 0 ? write with { ExpectedVersion = 1 } : write);
                yield return (Command(Delete, keys, Versions(existing)), writes.Length);
                break;
        }
    }

    private static NpgsqlParameter Data(RecordWrite[] writes) =>
        Parameter(NpgsqlDbType.Bytea, Array.ConvertAll(writes, write => write.Data!));

    private static NpgsqlParameter Versions(RecordWrite[] writes) =>
        Parameter(NpgsqlDbType.Bigint, Array.ConvertAll(writes, write => write.ExpectedVersion!.Value));

    private static NpgsqlParameter Parameter(NpgsqlDbType type, Array values) =>
        new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
