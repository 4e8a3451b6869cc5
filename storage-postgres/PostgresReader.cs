using Laurel.Storage.Writing;
using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>Reads over the pool. Journals are read in pages, so that no connection is held for a slow consumer.</summary>
internal sealed class PostgresReader(PostgresConnections connections, TimeProvider clock) : IStoreReader
{
    private const int PageRows = 256;
    private const int PageBytes = 1 << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    // The head stands in every row, so that one statement, which sees one state, also tells whether the reader still owns the journal.
    // The page is cut by rows first: the running sum is over those alone.
    private static readonly string Blobs = $"""
        SELECT j.epoch, j.snapshot_sequence, p.number, p.data FROM journals j LEFT JOIN LATERAL (
            SELECT number, data FROM (
                SELECT number, data, sum(octet_length(data)) OVER (ORDER BY number) - octet_length(data) AS before FROM (
                    SELECT last_sequence AS number, data FROM blobs
                    WHERE journal = j.id AND last_sequence > $2 AND last_sequence <= $3
                    ORDER BY last_sequence LIMIT {PageRows}) rows) sums
            WHERE before < {PageBytes}) p ON true
        WHERE j.id = $1 ORDER BY p.number
        """;

    private static readonly string Slices = $"""
        SELECT j.epoch, j.snapshot_sequence, p.number, p.data FROM journals j LEFT JOIN LATERAL (
            SELECT number, data FROM (
                SELECT number, data, sum(octet_length(data)) OVER (ORDER BY number) - octet_length(data) AS before FROM (
                    SELECT slice::bigint AS number, data FROM slices
                    WHERE journal = j.id AND epoch = j.snapshot_epoch AND snapshot = j.snapshot AND slice >= $2
                    ORDER BY slice LIMIT {PageRows}) rows) sums
            WHERE before < {PageBytes}) p ON true
        WHERE j.id = $1 ORDER BY p.number
        """;

    public IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head) => JournalPages.SlicesAsync(
        head, from => RunAsync(Slices, rows => ReadPageAsync(rows, head), head.Id, (int)from));

    public IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head) => JournalPages.BlobsAsync(
        head, after => RunAsync(Blobs, rows => ReadPageAsync(rows, head), head.Id, after, head.LastSequence));

    public Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys) => RunAsync(
        """
        SELECT m.data FROM unnest($2) WITH ORDINALITY AS k(key, position)
        LEFT JOIN marks m ON m.scope = $1 AND m.key = k.key AND m.expires_ms > $3
        ORDER BY k.position
        """,
        async rows =>
        {
            List<byte[]?> found = [];
            while (await rows.ReadAsync().ConfigureAwait(false))
            {
                found.Add(rows.IsDBNull(0) ? null : rows.GetFieldValue<byte[]>(0));
            }

            return found.ToArray();
        },
        scope,
        keys.ToArray(),
        clock.GetUtcNow().ToUnixTimeMilliseconds());

    public async Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys)
    {
        var found = await RunAsync(
            "SELECT key, version, data FROM records WHERE key = ANY ($1)",
            ReadRecordsAsync,
            (object)keys.ToArray()).ConfigureAwait(false);
        var byKey = found.ToDictionary(record => record.Key, StringComparer.Ordinal);
        return [.. keys.Select(key => byKey.GetValueOrDefault(key))];
    }

    public async Task<IReadOnlyList<StoredRecord>> ListAsync(string from, string end, int limit) => await RunAsync(
        "SELECT key, version, data FROM records WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3",
        ReadRecordsAsync,
        from,
        end,
        limit).ConfigureAwait(false);

    public Task<int> CountAsync(string from, string end) => RunAsync(
        "SELECT count(*)::int FROM records WHERE key >= $1 AND key < $2",
        async rows =>
        {
            await rows.ReadAsync().ConfigureAwait(false);
            return rows.GetInt32(0);
        },
        from,
        end);

    private static async Task<List<(long Number, byte[] Data)>> ReadPageAsync(NpgsqlDataReader rows, JournalHead head)
    {
        List<(long, byte[])> page = [];
        while (await rows.ReadAsync().ConfigureAwait(false))
        {
            JournalPages.ThrowIfStale(head, rows.GetInt64(0), rows.GetInt64(1));
            if (!rows.IsDBNull(2))
            {
                page.Add((rows.GetInt64(2), rows.GetFieldValue<byte[]>(3)));
            }
        }

        return page;
    }

    private static async Task<List<StoredRecord>> ReadRecordsAsync(NpgsqlDataReader rows)
    {
        List<StoredRecord> found = [];
        while (await rows.ReadAsync().ConfigureAwait(false))
        {
            found.Add(new StoredRecord(rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
        }

        return found;
    }

    private async Task<T> RunAsync<T>(string sql, Func<NpgsqlDataReader, Task<T>> read, params object[] values)
    {
        try
        {
            return await AttemptAsync(sql, read, values).WaitAsync(Deadline, TimeProvider.System).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new StorageUnavailableException($"The database {connections.Description} did not answer a read.", error);
        }
    }

    private async Task<T> AttemptAsync<T>(string sql, Func<NpgsqlDataReader, Task<T>> read, object[] values)
    {
        try
        {
            return await ReadAsync(sql, read, values).ConfigureAwait(false);
        }
        catch (NpgsqlException broken) when (!broken.IsAnswer() && broken.InnerException is not TimeoutException)
        {
            // The pool's connections do not outlive a restart of the server: once more on a new one.
            return await ReadAsync(sql, read, values).ConfigureAwait(false);
        }
    }

    private async Task<T> ReadAsync<T>(string sql, Func<NpgsqlDataReader, Task<T>> read, object[] values)
    {
        await using var connection = await connections.OpenReaderAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await read(rows).ConfigureAwait(false);
    }
}
