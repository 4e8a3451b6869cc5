using Laurel.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Laurel.Storage.Postgres;

/// <summary>
/// Appends, many journals at once: one statement advances the heads that match, and inserts the blobs and marks of those that did.
/// </summary>
/// <remarks>
/// A run holds chains, one a journal: appends of which each expects where the one before ends. The head goes from the first's expected
/// sequence to the last's new one, or not at all. What does not fit the chains (another epoch, a gap, a mark that is in the run already)
/// begins the next run of the same transaction. Where a run meets a longer chain that lost or a mark that is taken, which is rare, its
/// appends are executed singly, so that each gets the outcome it would have had alone.
/// </remarks>
internal sealed class AppendRuns(NpgsqlConnection connection, TimeProvider clock)
{
    private const string Advance = """
        WITH winners AS (
            UPDATE journals j SET last_sequence = u.new_last
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) u (id, epoch, expected, new_last)
            WHERE j.id = u.id AND j.epoch = u.epoch AND j.last_sequence = u.expected
            RETURNING j.id),
        written AS (
            INSERT INTO blobs (journal, last_sequence, data)
            SELECT b.journal, b.last_sequence, b.data
            FROM unnest($5::bigint[], $6::bigint[], $7::bytea[]) b (journal, last_sequence, data)
            JOIN winners w ON w.id = b.journal)

        """;

    private const string Plain = Advance + "SELECT id, 0 FROM winners";

    private const string WithMarks = Advance + """
        , marked AS (
            INSERT INTO marks AS m (scope, key, data, expires_ms)
            SELECT n.scope, n.key, n.data, n.expires_ms
            FROM unnest($8::bigint[], $9::text[], $10::bytea[], $11::bytea[], $12::bigint[]) n (journal, scope, key, data, expires_ms)
            JOIN winners w ON w.id = n.journal
            ON CONFLICT (scope, key) DO UPDATE SET data = excluded.data, expires_ms = excluded.expires_ms WHERE m.expires_ms <= $13
            RETURNING 1)
        SELECT id, (SELECT count(*)::int FROM marked) FROM winners
        """;

    private readonly Savepoint _savepoint = new(connection);

    /// <summary>Executes appends, those of one journal in the order given.</summary>
    public void Execute(IReadOnlyList<WriteRequest.Append> appends)
    {
        for (var i = 0; i < appends.Count;)
        {
            var run = new AppendRun();
            while (i < appends.Count && run.TryAdd(appends[i]))
            {
                i++;
            }

            if (run.Appends > 0)
            {
                Execute(run);
            }
            else
            {
                // It has the same mark twice, which no statement can write.
                appends[i++].Propose(WriteOutcome.MarkTaken);
            }
        }
    }

    /// <summary>Executes one run.</summary>
    public void Execute(AppendRun run)
    {
        if (run.Marks.Count == 0)
        {
            var winners = Write(run).Winners;
            foreach (var chain in run.Chains)
            {
                Settle(chain, winners.Contains(chain.Journal));
            }
        }
        else if (run.Appends == 1 || !TryWriteWithMarks(run))
        {
            foreach (var append in run.Chains.SelectMany(chain => chain.Appends))
            {
                WriteAlone(append);
            }
        }
    }

    private void Settle(AppendRun.Chain chain, bool won)
    {
        if (won || chain.Appends.Count == 1)
        {
            chain.Propose(won ? WriteOutcome.Committed : WriteOutcome.Lost);
            return;
        }

        foreach (var append in chain.Appends)
        {
            WriteAlone(append);
        }
    }

    private bool TryWriteWithMarks(AppendRun run)
    {
        _savepoint.Set();
        var (winners, marked) = Write(run);
        if (winners.Count < run.Chains.Count || marked < run.Marks.Count)
        {
            _savepoint.Undo();
            return false;
        }

        _savepoint.Release();
        foreach (var chain in run.Chains)
        {
            chain.Propose(WriteOutcome.Committed);
        }

        return true;
    }

    private void WriteAlone(WriteRequest.Append append)
    {
        var run = new AppendRun();
        run.TryAdd(append);
        _savepoint.Set();
        var (winners, marked) = Write(run);
        var outcome = winners.Count == 0 ? WriteOutcome.Lost
            : marked < run.Marks.Count ? WriteOutcome.MarkTaken
            : WriteOutcome.Committed;
        append.Propose(outcome);
        if (outcome == WriteOutcome.MarkTaken)
        {
            _savepoint.Undo();
        }
        else
        {
            _savepoint.Release();
        }
    }

    private (HashSet<long> Winners, int Marked) Write(AppendRun run)
    {
        using var command = new NpgsqlCommand(run.Marks.Count == 0 ? Plain : WithMarks, connection);
        Add(command, NpgsqlDbType.Bigint, run.Chains.Select(chain => chain.Journal).ToArray());
        Add(command, NpgsqlDbType.Bigint, run.Chains.Select(chain => chain.Epoch).ToArray());
        Add(command, NpgsqlDbType.Bigint, run.Chains.Select(chain => chain.ExpectedLast).ToArray());
        Add(command, NpgsqlDbType.Bigint, run.Chains.Select(chain => chain.NewLast).ToArray());
        var appends = run.Chains.SelectMany(chain => chain.Appends).Select(append => append.What).ToArray();
        Add(command, NpgsqlDbType.Bigint, Array.ConvertAll(appends, append => append.Head.Id));
        Add(command, NpgsqlDbType.Bigint, Array.ConvertAll(appends, append => append.NewLast));
        Add(command, NpgsqlDbType.Bytea, Array.ConvertAll(appends, append => ByteArrays.Of(append.Data)));
        if (run.Marks.Count > 0)
        {
            Add(command, NpgsqlDbType.Bigint, run.Marks.Select(mark => mark.Journal).ToArray());
            Add(command, NpgsqlDbType.Text, run.Marks.Select(mark => mark.Mark.Scope).ToArray());
            Add(command, NpgsqlDbType.Bytea, run.Marks.Select(mark => ByteArrays.Of(mark.Mark.Key)).ToArray());
            Add(command, NpgsqlDbType.Bytea, run.Marks.Select(mark => ByteArrays.Of(mark.Mark.Data)).ToArray());
            Add(command, NpgsqlDbType.Bigint, run.Marks.Select(mark => mark.Mark.Expires.ToUnixTimeMilliseconds()).ToArray());
            command.Parameters.Add(new() { Value = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        }

        using var rows = command.ExecuteReader();
        HashSet<long> winners = [];
        var marked = 0;
        while (rows.Read())
        {
            winners.Add(rows.GetInt64(0));
            marked = rows.GetInt32(1);
        }

        return (winners, marked);
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, Array values) =>
        command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
