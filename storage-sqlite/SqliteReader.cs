using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>Reads over the pool. Journals are read in pages, so that no read holds the log for long, however slow its consumer.</summary>
internal sealed class SqliteReader(ReadPool pool, TimeProvider clock) : IStoreReader
{
    private const int PageBytes = 1 << 20;

    public IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head) => JournalPages.SlicesAsync(
        head, from => pool.RunAsync(session => ReadPage(session.Slices.Query(head.Id, from), head)));

    public IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head) => JournalPages.BlobsAsync(
        head, after => pool.RunAsync(session => ReadPage(session.Blobs.Query(head.Id, after, head.LastSequence), head)));

    public Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return pool.RunAsync(session =>
        {
            var found = new byte[]?[keys.Count];
            for (var i = 0; i < found.Length; i++)
            {
                using var row = session.Mark.Query(scope, keys[i], now);
                found[i] = row.Read() ? row.GetFieldValue<byte[]>(0) : null;
            }

            return found;
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
                JournalPages.ThrowIfStale(head, rows.GetInt64(0), rows.GetInt64(1));
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
