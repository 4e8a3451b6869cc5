using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>Reads over the pool. Journals are read in pages, so that no read holds the log for long, however slow its consumer.</summary>
internal sealed class SqliteReader(ReadPool pool, TimeProvider clock) : IStoreReader
{
    private const int PageBytes = 1 << 20;

    public async IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head)
    {
        var next = 0L;
        while (true)
        {
            var from = next;
            var page = await pool.RunAsync(session => ReadPage(session.Slices.Query(head.Id, from), head)).ConfigureAwait(false);
            foreach (var (slice, data) in page)
            {
                JournalPage.ThrowIfGap(head, slice, next++);
                yield return data;
            }

            if (page.Count == 0)
            {
                yield break;
            }
        }
    }

    public async IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head)
    {
        var last = head.SnapshotSequence;
        while (last < head.LastSequence)
        {
            var after = last;
            var page = await pool.RunAsync(session => ReadPage(session.Blobs.Query(head.Id, after, head.LastSequence), head))
                .ConfigureAwait(false);
            JournalPage.ThrowIfShort(head, page.Count);
            foreach (var (sequence, data) in page)
            {
                last = sequence;
                yield return new JournalBlob(sequence, data);
            }
        }
    }

    public Task<byte[]?> FindMarkAsync(string scope, ReadOnlyMemory<byte> key)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return pool.RunAsync(session =>
        {
            using var row = session.Mark.Query(scope, ByteArrays.Of(key), now);
            return row.Read() ? row.GetFieldValue<byte[]>(0) : null;
        });
    }

    public Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys) => pool.RunAsync(session =>
    {
        var found = new StoredRecord?[keys.Count];
        for (var i = 0; i < found.Length; i++)
        {
            using var row = session.Record.Query(keys[i]);
            found[i] = row.Read() ? new StoredRecord(keys[i], row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;
        }

        return found;
    });

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string from, string end, int limit) => pool.RunAsync(session =>
    {
        using var row = session.List.Query(from, end, limit);
        List<StoredRecord> found = [];
        while (row.Read())
        {
            found.Add(new StoredRecord(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)));
        }

        return (IReadOnlyList<StoredRecord>)found;
    });

    public Task<int> CountAsync(string from, string end) => pool.RunAsync(session =>
    {
        using var row = session.Count.Query(from, end);
        row.Read();
        return row.GetInt32(0);
    });

    /// <summary>Numbered blobs up to <see cref="PageBytes"/>, at least one when there is any.</summary>
    private static List<(long Number, byte[] Data)> ReadPage(SqliteDataReader rows, JournalHead head)
    {
        using (rows)
        {
            List<(long, byte[])> page = [];
            var bytes = 0;
            while (bytes < PageBytes && rows.Read())
            {
                JournalPage.ThrowIfStale(head, rows.GetInt64(0), rows.GetInt64(1));
                if (!rows.IsDBNull(2))
                {
                    var data = rows.GetFieldValue<byte[]>(3);
                    bytes += data.Length;
                    page.Add((rows.GetInt64(2), data));
                }
            }

            return page;
        }
    }
}
