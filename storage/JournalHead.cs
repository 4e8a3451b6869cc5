namespace Laurel.Storage;

/// <summary>A journal as its owner opened it.</summary>
/// <param name="Id">The store's own number for it.</param>
/// <param name="Epoch">The owner's fence: 1 for the first.</param>
/// <param name="PreviousEpoch">The epoch before this opening; 0 when it is new.</param>
/// <param name="LastSequence">The last durable sequence; 0 when empty.</param>
/// <param name="Snapshot">The committed snapshot's id, null for none.</param>
/// <param name="SnapshotSequence">The sequence after which blobs are to be read; 0 without a snapshot.</param>
public sealed record JournalHead(long Id, long Epoch, long PreviousEpoch, long LastSequence, long? Snapshot, long SnapshotSequence);

/// <summary>One blob of a journal.</summary>
/// <param name="LastSequence">The sequence of its last record.</param>
public readonly record struct JournalBlob(long LastSequence, byte[] Data);
