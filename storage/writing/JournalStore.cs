namespace Laurel.Storage.Writing;

/// <summary>Journals over a group writer and a reader.</summary>
public sealed class JournalStore(GroupWriter writer, IStoreReader reader) : IJournalStore
{
    private const int MaxMarkKey = 64;
    private const int MaxMarksRead = 1000;

    public async Task<JournalHead> OpenAsync(string journal)
    {
        KeyText.ThrowIfInvalid(journal);
        var request = new WriteRequest.Open(journal);
        var outcome = await writer.Submit(request).ConfigureAwait(false);
        return outcome == WriteOutcome.Committed
            ? request.Head!
            : throw new StorageUnavailableException($"The journal '{journal}' could not be opened: the write ended as {outcome}.");
    }

    public IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head) =>
        head.Snapshot is null ? AsyncEnumerable.Empty<byte[]>() : reader.ReadSnapshotAsync(head);

    public IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head) => reader.ReadAsync(head);

    public ValueTask<WriteOutcome> AppendAsync(JournalAppend append)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(append.ExpectedLast);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(append.NewLast, append.ExpectedLast);
        foreach (var mark in append.Marks)
        {
            KeyText.ThrowIfInvalid(mark.Scope);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(mark.Key.Length, MaxMarkKey);
        }

        return Submit(new WriteRequest.Append(append));
    }

    public ValueTask<WriteOutcome> WriteSliceAsync(JournalHead head, long snapshot, int slice, ReadOnlyMemory<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slice);
        return Submit(new WriteRequest.Slice(head, snapshot, slice, data));
    }

    public ValueTask<WriteOutcome> CommitSnapshotAsync(JournalHead head, long snapshot, long startSequence, long expectedLast)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startSequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startSequence, expectedLast);
        return Submit(new WriteRequest.Snapshot(head, snapshot, startSequence, expectedLast));
    }

    public async ValueTask<(WriteOutcome Outcome, bool More)> TruncateAsync(JournalHead head)
    {
        var request = new WriteRequest.Truncate(head);
        var outcome = await writer.Submit(request).ConfigureAwait(false);
        return (outcome, outcome == WriteOutcome.Committed && request.More);
    }

    public Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys)
    {
        KeyText.ThrowIfInvalid(scope);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, MaxMarksRead);
        return keys.Count == 0 ? Task.FromResult(Array.Empty<byte[]?>()) : reader.FindMarksAsync(scope, keys);
    }

    private ValueTask<WriteOutcome> Submit(WriteRequest request) => new(writer.Submit(request));
}
