namespace Laurel.Storage.Writing;

/// <summary>What every page of a journal is held against, so that nobody folds half a history.</summary>
public static class JournalPage
{
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
    public static void ThrowIfGap(JournalHead head, long slice, long expected)
    {
        if (slice != expected)
        {
            throw new InvalidDataException($"Snapshot {head.Snapshot} of journal {head.Id} lacks slice {expected}.");
        }
    }

    /// <summary>Refuses a journal that ends before its head.</summary>
    /// <exception cref="InvalidDataException">A page before the head's last sequence is empty.</exception>
    public static void ThrowIfShort(JournalHead head, int pageLength)
    {
        if (pageLength == 0)
        {
            throw new InvalidDataException($"Journal {head.Id} ends before sequence {head.LastSequence}, which its head names.");
        }
    }
}
