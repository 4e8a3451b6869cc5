using Laurel.Storage;

namespace Laurel.Tests.Support;

/// <summary>The journals of a <see cref="FaultyStore"/>.</summary>
internal sealed class FaultyJournals(IJournalStore inner, FaultInjector faults) : IJournalStore
{
    public Task<JournalHead> OpenAsync(string journal) => faults.OpenAsync(() => inner.OpenAsync(journal));

    public async IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head)
    {
        faults.ThrowIfDiskGone();
        await foreach (var slice in inner.ReadSnapshotAsync(head))
        {
            yield return slice;
            faults.ThrowIfDiskGone();
        }
    }

    public async IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head)
    {
        faults.ThrowIfDiskGone();
        await foreach (var blob in inner.ReadAsync(head))
        {
            yield return blob;
            faults.ThrowIfDiskGone();
        }
    }

    public ValueTask<WriteOutcome> AppendAsync(JournalAppend append)
    {
        var own = append.Copy();
        return Write(StoreMethod.Append, append.Head, () => inner.AppendAsync(own));
    }

    public ValueTask<WriteOutcome> WriteSliceAsync(JournalHead head, long snapshot, int slice, ReadOnlyMemory<byte> data)
    {
        var own = data.ToArray();
        return Write(StoreMethod.WriteSlice, head, () => inner.WriteSliceAsync(head, snapshot, slice, own));
    }

    public ValueTask<WriteOutcome> CommitSnapshotAsync(JournalHead head, long snapshot, long startSequence, long expectedLast) =>
        Write(StoreMethod.CommitSnapshot, head, () => inner.CommitSnapshotAsync(head, snapshot, startSequence, expectedLast));

    public ValueTask<(WriteOutcome Outcome, bool More)> TruncateAsync(JournalHead head) =>
        new(faults.WriteAsync(StoreMethod.Truncate, head.Id, () => inner.TruncateAsync(head).AsTask(), outcome => (outcome, false)));

    public Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys)
    {
        faults.ThrowIfDiskGone();
        return inner.FindMarksAsync(scope, keys);
    }

    private ValueTask<WriteOutcome> Write(StoreMethod method, JournalHead head, Func<ValueTask<WriteOutcome>> write) =>
        new(faults.WriteAsync(method, head.Id, () => write().AsTask(), outcome => outcome));
}
