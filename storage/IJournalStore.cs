namespace Laurel.Storage;

/// <summary>
/// Journals, one a season: blobs in sequence behind a fenced head, and the snapshot that stands for their beginning.
/// </summary>
/// <remarks>
/// <para><b>The fence.</b> A head row (epoch, last sequence, snapshot) per journal. Opening raises the epoch. Every later write names
/// the epoch it was opened with and the last sequence it expects, and takes effect only while both hold, checked in the same
/// transaction. So of two owners the older one can write nothing any more, whatever it believes; there are no leases and no clocks.
/// Truncation never lowers the head.</para>
/// <para><b>Group commit.</b> One writer per store commits whatever waits, of all journals and record commits, in one transaction, and
/// gives each its own outcome. The queue before it is bounded: past the bound writes end as <see cref="WriteOutcome.Failed"/>.</para>
/// <para><b>Order.</b> Writes of one journal take effect in the order they were handed over. When one ends other than
/// <see cref="WriteOutcome.Committed"/>, those handed over after it cannot hold their expected sequence and end as
/// <see cref="WriteOutcome.Lost"/>, or with it when they were in the same transaction.</para>
/// <para><b>Loading.</b> A journal is read as its head says and as long as nobody opens it again. The read of a head that another owner
/// has overtaken throws <see cref="StorageUnavailableException"/>, because what it names may be deleted by then.</para>
/// </remarks>
public interface IJournalStore
{
    /// <summary>
    /// Takes ownership: creates the journal when there is none, raises its epoch (durable when this returns) and returns its head. Also
    /// the way to learn what became of a write with an unknown outcome: a write of the former epoch that has not taken effect by now
    /// never will.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<JournalHead> OpenAsync(string journal);

    /// <summary>The snapshot's slices in order of writing; none when the head has no snapshot.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer, or the journal has another owner.</exception>
    /// <exception cref="InvalidDataException">A slice is missing.</exception>
    IAsyncEnumerable<byte[]> ReadSnapshotAsync(JournalHead head);

    /// <summary>The journal's blobs after the snapshot's sequence up to the head's last one, in order.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer, or the journal has another owner.</exception>
    /// <exception cref="InvalidDataException">The journal ends before its head's last sequence.</exception>
    IAsyncEnumerable<JournalBlob> ReadAsync(JournalHead head);

    /// <summary>Appends one blob, with its marks, when epoch and expected sequence hold.</summary>
    ValueTask<WriteOutcome> AppendAsync(JournalAppend append);

    /// <summary>Writes one slice of a snapshot in the making. Conditional on the epoch alone: slices mean nothing until the commit.</summary>
    /// <param name="head">The journal as opened.</param>
    /// <param name="snapshot">The snapshot's id, the caller's choice, new in this epoch.</param>
    /// <param name="slice">0, 1, 2, …</param>
    /// <param name="data">Its content.</param>
    ValueTask<WriteOutcome> WriteSliceAsync(JournalHead head, long snapshot, int slice, ReadOnlyMemory<byte> data);

    /// <summary>
    /// Makes a snapshot the journal's beginning, when epoch and expected sequence hold: whoever opens next reads its slices and then the
    /// blobs after <paramref name="startSequence"/>. One that starts before the committed snapshot is lost.
    /// </summary>
    /// <param name="head">The journal as opened.</param>
    /// <param name="snapshot">The snapshot's id.</param>
    /// <param name="startSequence">The last sequence before the first slice was taken.</param>
    /// <param name="expectedLast">The last durable sequence: at least all that was applied while slices were taken.</param>
    ValueTask<WriteOutcome> CommitSnapshotAsync(JournalHead head, long snapshot, long startSequence, long expectedLast);

    /// <summary>
    /// Deletes, a bounded number at a time, blobs that the committed snapshot stands for and slices of all other snapshots, one in the
    /// making included. Conditional on the epoch.
    /// </summary>
    /// <returns>The outcome, and whether there is more to delete.</returns>
    ValueTask<(WriteOutcome Outcome, bool More)> TruncateAsync(JournalHead head);

    /// <summary>Reads marks of one scope.</summary>
    /// <param name="scope">Within what they are unique.</param>
    /// <param name="keys">At most 1000.</param>
    /// <returns>What each key's mark holds; null where there is none, or it has expired.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<byte[]?[]> FindMarksAsync(string scope, IReadOnlyList<byte[]> keys);
}
