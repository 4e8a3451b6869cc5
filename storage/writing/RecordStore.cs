namespace Laurel.Storage.Writing;

/// <summary>Records over a group writer and a reader.</summary>
public sealed class RecordStore(GroupWriter writer, IStoreReader reader) : IRecordStore
{
    private const int MaxRead = 1000;
    private const int MaxWrites = 4000;

    public async Task<StoredRecord?> GetAsync(string key)
    {
        var found = await GetManyAsync([key]).ConfigureAwait(false);
        return found[0];
    }

    public Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, MaxRead);
        foreach (var key in keys)
        {
            KeyText.ThrowIfInvalid(key);
        }

        return keys.Count == 0 ? Task.FromResult(Array.Empty<StoredRecord?>()) : reader.GetManyAsync(keys);
    }

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string prefix, string? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxRead);
        var end = KeyText.EndOf(prefix);
        if (after is null)
        {
            return reader.ListAsync(prefix, end, limit);
        }

        KeyText.ThrowIfInvalid(after);
        return after.StartsWith(prefix, StringComparison.Ordinal)
            ? reader.ListAsync(KeyText.Next(after), end, limit)
            : throw new ArgumentException($"'{after}' does not begin with '{prefix}'.", nameof(after));
    }

    public Task<int> CountAsync(string prefix) => reader.CountAsync(prefix, KeyText.EndOf(prefix));

    public Task<WriteOutcome> CommitAsync(IReadOnlyList<RecordWrite> writes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, MaxWrites);
        if (writes.Count == 0)
        {
            return Task.FromResult(WriteOutcome.Committed);
        }

        var keys = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        foreach (var write in writes)
        {
            KeyText.ThrowIfInvalid(write.Key);
            if (!keys.Add(write.Key))
            {
                throw new ArgumentException($"The key '{write.Key}' is written twice in one commit.", nameof(writes));
            }
        }

        return writer.Submit(new WriteRequest.Records(writes));
    }
}
