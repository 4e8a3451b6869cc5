using Laurel.Storage;

namespace Laurel.Tests.Support;

/// <summary>The records of a <see cref="FaultyStore"/>.</summary>
internal sealed class FaultyRecords(IRecordStore inner, FaultInjector faults) : IRecordStore
{
    public Task<StoredRecord?> GetAsync(string key)
    {
        faults.ThrowIfDiskGone();
        return inner.GetAsync(key);
    }

    public Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys)
    {
        faults.ThrowIfDiskGone();
        return inner.GetManyAsync(keys);
    }

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string prefix, string? after, int limit)
    {
        faults.ThrowIfDiskGone();
        return inner.ListAsync(prefix, after, limit);
    }

    public Task<int> CountAsync(string prefix)
    {
        faults.ThrowIfDiskGone();
        return inner.CountAsync(prefix);
    }

    public Task<WriteOutcome> CommitAsync(IReadOnlyList<RecordWrite> writes) =>
        faults.WriteAsync(StoreMethod.CommitRecords, null, () => inner.CommitAsync(writes), outcome => outcome);
}
