namespace Laurel.Storage.Writing;

/// <summary>
/// The one writer of a store: a bounded queue before one thread that commits all that waits as one group, and again.
/// </summary>
/// <remarks>
/// A group is whatever was queued while the one before was committed, so groups grow with the load and a lone write never waits for
/// company. Outcomes are given in the order of the queue. A timer ends what has waited longer than
/// <see cref="WriterOptions.Deadline"/>, so that no caller hangs with a database that does.
/// </remarks>
public sealed class GroupWriter : IAsyncDisposable
{
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(1);

    // Waiting for a disk is real time, whichever clock decides about seasons.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly IGroupCommitter _committer;
    private readonly WriterOptions _options;
    // A monitor, not a Lock: the thread waits on it, and does not spin before it sleeps.
    private readonly object _lock = new();
    private readonly Queue<WriteRequest> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _deadlines;
    private long _waitingBytes;
    private List<WriteRequest> _inFlight = [];
    private bool _stopping;

    /// <summary>Starts the thread. The committer is disposed of with the writer.</summary>
    public GroupWriter(string name, IGroupCommitter committer, WriterOptions options)
    {
        _committer = committer;
        _options = options;
        new Thread(Run) { Name = name, IsBackground = true }.Start();
        var period = options.Deadline / 8;
        _deadlines = Clock.CreateTimer(_ => EndOverdue(), null, period, period);
    }

    /// <summary>Queues a request and returns its outcome; <see cref="WriteOutcome.Failed"/> at once when the queue is full.</summary>
    public Task<WriteOutcome> Submit(WriteRequest request)
    {
        lock (_lock)
        {
            if (_stopping || !HasRoomFor(request))
            {
                request.Conclude(WriteOutcome.Failed);
                return request.Outcome;
            }

            request.QueuedAt = Clock.GetTimestamp();
            _waiting.Enqueue(request);
            _waitingBytes += request.Bytes;
            Monitor.Pulse(_lock);
        }

        return request.Outcome;
    }

    /// <summary>Takes nothing more, commits what waits, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.Pulse(_lock);
        }

        await _ended.Task;
        await _deadlines.DisposeAsync();
    }

    private bool HasRoomFor(WriteRequest request) =>
        _waiting.Count == 0
        || (_waiting.Count < _options.QueuedRequests && _waitingBytes + request.Bytes <= _options.QueuedBytes);

    private void Run()
    {
        while (true)
        {
            while (TakeGroup() is { } group)
            {
                Guard(() => _committer.Commit(group));
                // Without effect on those that the committer has concluded, which is all unless it has a defect.
                group.ForEach(request => request.Conclude(WriteOutcome.Unknown));
                Guard(() => _committer.Tend(idle: false));
            }

            if (WaitForWork() is not { } called)
            {
                break;
            }

            if (!called)
            {
                Guard(() => _committer.Tend(idle: true));
            }
        }

        Guard(_committer.Dispose);
        _ended.SetResult();

        void Guard(Action action)
        {
            try
            {
                action();
            }
            catch (Exception defect)
            {
                _committer.Report(defect);
            }
        }
    }

    /// <summary>False when none came for a while; null when the writer is to end.</summary>
    private bool? WaitForWork()
    {
        lock (_lock)
        {
            return _waiting.Count > 0 ? true
                : _stopping ? null
                : Monitor.Wait(_lock, IdleAfter);
        }
    }

    private List<WriteRequest>? TakeGroup()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _inFlight = [];
                return null;
            }

            // A new list each time: the timer may still be looking at the old one.
            List<WriteRequest> group = [];
            var (rows, bytes) = (0, 0L);
            while (_waiting.TryPeek(out var next)
                && (group.Count == 0 || (rows + next.Rows <= _options.GroupRows && bytes + next.Bytes <= _options.GroupBytes)))
            {
                group.Add(_waiting.Dequeue());
                rows += next.Rows;
                bytes += next.Bytes;
            }

            _waitingBytes -= bytes;
            _inFlight = group;
            return group;
        }
    }

    private void EndOverdue()
    {
        lock (_lock)
        {
            // Queued in order of time, so the overdue ones are in front.
            while (_waiting.TryPeek(out var request) && IsOverdue(request))
            {
                _waiting.Dequeue();
                _waitingBytes -= request.Bytes;
                request.Conclude(WriteOutcome.Failed);
            }

            foreach (var request in _inFlight)
            {
                if (IsOverdue(request))
                {
                    request.Conclude(WriteOutcome.Unknown);
                }
            }
        }
    }

    private bool IsOverdue(WriteRequest request) => Clock.GetElapsedTime(request.QueuedAt) >= _options.Deadline;
}
