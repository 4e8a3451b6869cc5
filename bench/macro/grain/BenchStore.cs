using Laurel.Storage;

namespace Laurel.Bench.Macro;

/// <summary>A store whose commits are slower than they are, or free. Snapshots are free together with the appends.</summary>
internal sealed class BenchStore(IStore inner, TimeProvider clock) : IStore, IJournalStore
{
    /// <summary>By how much the answer to each append is late.</summary>
    public TimeSpan CommitDelay { get; set; }

    /// <summary>Takes appends and keeps none of them: what remains is the price of everything else.</summary>
    public bool KeepsNothing { get; set; }

    /// <inheritdoc/>
    public IJournalStore Journals => this;

    /// <inheritdoc/>
    public IRecordStore Records => inner.Records;

    /// <inheritdoc/>
    public Task<bool> CheckAsync() => inner.CheckAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <inheritdoc/>
    public Task<JournalHead> OpenAsync(string journal) => inner.Journals.OpenAsync(journal);

    /// <inheritdoc/>
    public IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head) => inner.Journals.ReadSnapshotAsync(head);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head) => inner.Journals.ReadAsync(head);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> AppendAsync(JournalAppend append) =>
        KeepsNothing ? new(WriteOutcome.Committed)
        : CommitDelay > TimeSpan.Zero ? AppendLateAsync(append)
        : inner.Journals.AppendAsync(append);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> WriteSliceAsync(JournalHead head, long snapshot, int slice, ReadOnlyMemory<byte> data) =>
        KeepsNothing ? new(WriteOutcome.Committed) : inner.Journals.WriteSliceAsync(head, snapshot, slice, data);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> CommitSnapshotAsync(JournalHead head, long snapshot, long startSequence, long expectedLast) =>
        KeepsNothing ? new(WriteOutcome.Committed) : inner.Journals.CommitSnapshotAsync(head, snapshot, startSequence, expectedLast);

    /// <inheritdoc/>
    public ValueTask<(WriteOutcome Outcome, bool More)> TruncateAsync(JournalHead head) =>
        KeepsNothing ? new((WriteOutcome.Committed, false)) : inner.Journals.TruncateAsync(head);

    /// <inheritdoc/>
    public Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys) => inner.Journals.FindMarksAsync(scope, keys);

    private async ValueTask<WriteOutcome> AppendLateAsync(JournalAppend append)
    {
        var outcome = await inner.Journals.AppendAsync(append).ConfigureAwait(false);
        await Task.Delay(CommitDelay, clock).ConfigureAwait(false);
        return outcome;
    }
}
