namespace Laurel.Storage;

/// <summary>
/// Small versioned records by key. Keys are text, ordered by their UTF-8 bytes; parts are separated by <c>/</c>. Every write is a
/// compare-and-set, several may be committed as one.
/// </summary>
public interface IRecordStore
{
    /// <summary>A record, null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<StoredRecord?> GetAsync(string key);

    /// <summary>Several records in the order asked for, null where there is none; at most 1000.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys);

    /// <summary>Records whose key begins with the prefix, in order of their keys.</summary>
    /// <param name="prefix">Ends with <c>/</c>.</param>
    /// <param name="after">The last key of the page before, null for the first page.</param>
    /// <param name="limit">1 to 1000.</param>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<IReadOnlyList<StoredRecord>> ListAsync(string prefix, string? after, int limit);

    /// <summary>How many records begin with the prefix.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<int> CountAsync(string prefix);

    /// <summary>
    /// Writes all or none: <see cref="WriteOutcome.Lost"/> when any expected version does not hold. At most 4000 writes, each key once.
    /// </summary>
    Task<WriteOutcome> CommitAsync(IReadOnlyList<RecordWrite> writes);
}

/// <summary>A record as stored.</summary>
/// <param name="Version">1 when created, one more with each write.</param>
public sealed record StoredRecord(string Key, long Version, byte[] Data);

/// <summary>One write of a commit.</summary>
/// <param name="ExpectedVersion">The version that must be there: 0 for none, null for any or none.</param>
/// <param name="Data">The new content; null deletes the record.</param>
public readonly record struct RecordWrite(string Key, long? ExpectedVersion, byte[]? Data);
