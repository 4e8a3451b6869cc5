namespace Laurel.Storage.Writing;

/// <summary>
/// The reading half of a store, beside the writer. Every method throws <see cref="StorageUnavailableException"/> when the database does
/// not answer; arguments have been validated.
/// </summary>
public interface IStoreReader
{
    /// <inheritdoc cref="IJournalStore.ReadSnapshotAsync"/>
    IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head);

    /// <inheritdoc cref="IJournalStore.ReadAsync"/>
    IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head);

    /// <inheritdoc cref="IJournalStore.FindMarksAsync"/>
    Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys);

    /// <inheritdoc cref="IRecordStore.GetManyAsync"/>
    Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys);

    /// <summary>Records with <paramref name="from"/> &lt;= key &lt; <paramref name="end"/>, in order of their keys.</summary>
    Task<IReadOnlyList<StoredRecord>> ListAsync(string from, string end, int limit);

    /// <summary>How many records have <paramref name="from"/> &lt;= key &lt; <paramref name="end"/>.</summary>
    Task<int> CountAsync(string from, string end);
}
