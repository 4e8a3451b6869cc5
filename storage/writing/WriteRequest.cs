namespace Laurel.Storage.Writing;

/// <summary>
/// One write on its way through the writer: the closed set of what can be asked, and the task that ends with its outcome.
/// </summary>
/// <remarks>
/// Whoever executes a request inside a transaction <i>proposes</i> an outcome, true if the transaction commits. When that has ended,
/// the request is <i>concluded</i>: with the proposal, or with what became of the transaction. The first conclusion counts.
/// </remarks>
public abstract class WriteRequest
{
    // Continuations are grains' turns: they must not run on the writer's thread.
    private readonly TaskCompletionSource<WriteOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WriteRequest(long bytes, int rows)
    {
        Bytes = bytes;
        Rows = rows;
    }

    /// <summary>About how much it writes.</summary>
    public long Bytes { get; }

    /// <summary>How many rows it writes or deletes, at most.</summary>
    public int Rows { get; }

    /// <summary>When it was queued, as the writer's time stamps count.</summary>
    internal long QueuedAt { get; set; }

    /// <summary>Ends with the outcome.</summary>
    public Task<WriteOutcome> Outcome => _completion.Task;

    /// <summary>How it ended inside a transaction that has not been committed yet.</summary>
    public WriteOutcome Proposed { get; private set; } = WriteOutcome.Failed;

    /// <summary>Sets <see cref="Proposed"/>.</summary>
    public void Propose(WriteOutcome outcome) => Proposed = outcome;

    /// <summary>Ends the request without regard to what was proposed; without effect when it has ended.</summary>
    public void Conclude(WriteOutcome outcome) => _completion.TrySetResult(outcome);

    /// <summary>Ends the requests of a transaction.</summary>
    /// <param name="group">The requests.</param>
    /// <param name="transaction">
    /// Committed: each ends as proposed. Unknown: those that would have been committed end so, the others wrote nothing either way and
    /// end as failed. Failed: all end so.
    /// </param>
    public static void ConcludeAll(IReadOnlyList<WriteRequest> group, WriteOutcome transaction)
    {
        foreach (var request in group)
        {
            request.Conclude(transaction switch
            {
                WriteOutcome.Committed => request.Proposed,
                WriteOutcome.Unknown when request.Proposed == WriteOutcome.Committed => WriteOutcome.Unknown,
                _ => WriteOutcome.Failed,
            });
        }
    }

    /// <summary>Take ownership of a journal.</summary>
    public sealed class Open(string journal) : WriteRequest(256, 1)
    {
        public string Journal { get; } = journal;

        /// <summary>Set with a proposal of <see cref="WriteOutcome.Committed"/>.</summary>
        public JournalHead? Head { get; set; }
    }

    /// <summary>Append a blob with its marks.</summary>
    public sealed class Append(JournalAppend append) : WriteRequest(append.Data.Length + MarkBytes(append.Marks), 2 + append.Marks.Count)
    {
        /// <summary>A copy: past its deadline the request ends while the writer may still be reading it.</summary>
        public JournalAppend What { get; } = append.Copy();

        private static long MarkBytes(IReadOnlyList<Mark> marks)
        {
            long bytes = 0;
            foreach (var mark in marks)
            {
                bytes += (2 * mark.Scope.Length) + (2 * mark.Key.Length) + mark.Data.Length;
            }

            return bytes;
        }
    }

    /// <summary>Write one slice of a snapshot in the making.</summary>
    public sealed class Slice(JournalHead head, long snapshot, int index, ReadOnlyMemory<byte> data) : WriteRequest(data.Length, 1)
    {
        public JournalHead Head { get; } = head;

        public long SnapshotId { get; } = snapshot;

        public int Index { get; } = index;

        /// <summary>A copy, as of an append.</summary>
        public byte[] Data { get; } = data.ToArray();
    }

    /// <summary>Make a snapshot the journal's beginning.</summary>
    public sealed class Snapshot(JournalHead head, long id, long startSequence, long expectedLast) : WriteRequest(256, 1)
    {
        public JournalHead Head { get; } = head;

        public long Id { get; } = id;

        public long StartSequence { get; } = startSequence;

        public long ExpectedLast { get; } = expectedLast;
    }

    /// <summary>Delete what the committed snapshot stands for, up to the given numbers of blobs and slices.</summary>
    public sealed class Truncate(JournalHead head) : WriteRequest(1 << 20, MaxBlobs + MaxSlices)
    {
        /// <summary>Blobs deleted at once.</summary>
        public const int MaxBlobs = 256;

        /// <summary>Slices deleted at once; they are larger.</summary>
        public const int MaxSlices = 16;

        public JournalHead Head { get; } = head;

        /// <summary>Whether there is more to delete; set with a proposal of <see cref="WriteOutcome.Committed"/>.</summary>
        public bool More { get; set; }
    }

    /// <summary>Write records, all or none; each key once.</summary>
    public sealed class Records(IReadOnlyList<RecordWrite> writes) : WriteRequest(Size(writes), writes.Count)
    {
        public IReadOnlyList<RecordWrite> Writes { get; } = writes;

        private static long Size(IReadOnlyList<RecordWrite> writes)
        {
            long bytes = 0;
            foreach (var write in writes)
            {
                bytes += (2 * write.Key.Length) + (write.Data?.Length ?? 0);
            }

            return bytes;
        }
    }

    /// <summary>Find out whether a write would be taken.</summary>
    public sealed class Check() : WriteRequest(0, 1);
}
