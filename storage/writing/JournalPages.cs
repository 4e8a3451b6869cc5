namespace Laurel.Storage.Writing;

/// <summary>
/// Reads journals and snapshots page by page, each page while the consumer folds the one before, and holds every page against the
/// head, so that nobody folds half a history.
/// </summary>
public static class JournalPages
{
    /// <summary>A snapshot's slices in order.</summary>
    /// <param name="head">The journal as it was opened.</param>
    /// <param name="read">Reads a page of numbered slices, from this number on; empty past the last one.</param>
    public static async IAsyncEnumerable<byte[]> SlicesAsync(JournalHead head, Func<long, Task<List<(long Number, byte[] Data)>>> read)
    {
        var next = 0L;
        var reading = read(next);
        while (await reading.ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var (slice, _) in page)
            {
                ThrowIfGap(head, slice, next++);
            }

            reading = read(next);
            foreach (var (_, data) in page)
            {
                yield return data;
            }
        }
    }

    /// <summary>A journal's blobs after its snapshot, in order.</summary>
    /// <param name="head">The journal as it was opened.</param>
    /// <param name="read">Reads a page of blobs by their last sequence, after this one.</param>
    public static async IAsyncEnumerable<JournalBlob> BlobsAsync(JournalHead head, Func<long, Task<List<(long Number, byte[] Data)>>> read)
    {
        var last = head.SnapshotSequence;
        var reading = ReadAfterLast();
        while (reading is not null)
        {
            var page = await reading.ConfigureAwait(false);
            ThrowIfShort(head, page.Count);
            last = page[^1].Number;
            reading = ReadAfterLast();
            foreach (var (sequence, data) in page)
            {
                yield return new JournalBlob(sequence, data);
            }
        }

        Task<List<(long Number, byte[] Data)>>? ReadAfterLast() => last < head.LastSequence ? read(last) : null;
    }

    /// <summary>Refuses a page of a journal that another owner has opened, or whose snapshot has been replaced, since.</summary>
    /// <exception cref="StorageUnavailableException">It has: what the head names may be deleted.</exception>
    public static void ThrowIfStale(JournalHead head, long epoch, long snapshotSequence)
    {
        if (epoch != head.Epoch || snapshotSequence != head.SnapshotSequence)
        {
            throw new StorageUnavailableException(
                $"Journal {head.Id} was opened in epoch {head.Epoch} with a snapshot at {head.SnapshotSequence}, "
                + $"and is in epoch {epoch} with one at {snapshotSequence} by now.");
        }
    }

    /// <summary>Refuses a snapshot that lacks a slice.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    private static void ThrowIfGap(JournalHead head, long slice, long expected)
    {
        if (slice != expected)
        {
            throw new InvalidDataException($"Snapshot {head.Snapshot} of journal {head.Id} lacks slice {expected}.");
        }
    }

    /// <summary>Refuses a journal that ends before its head.</summary>
    /// <exception cref="InvalidDataException">A page before the head's last sequence is empty.</exception>
    private static void ThrowIfShort(JournalHead head, int pageLength)
    {
        if (pageLength == 0)
        {
            throw new InvalidDataException($"Journal {head.Id} ends before sequence {head.LastSequence}, which its head names.");
        }
    }
}
