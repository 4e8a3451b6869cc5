namespace Laurel.Grains.Tests.Support;

/// <summary>Runs one activation's turns, one at a time and in order, until it is killed: from then on none begins any more.</summary>
internal sealed class MortalTurns : TaskScheduler
{
    private readonly Queue<Task> _waiting = new();
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _running;
    private bool _dead;

    /// <summary>Ends when it is killed.</summary>
    public Task Killed => _killed.Task;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Loses all turns that have not begun, now and later.</summary>
    public void Kill()
    {
        lock (_waiting)
        {
            _dead = true;
            _waiting.Clear();
        }

        _killed.TrySetResult();
    }

    /// <summary>Runs something as a turn, to its end over all its awaits. Never ends when killed.</summary>
    public Task<T> Run<T>(Func<Task<T>> turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_waiting)
        {
            if (_dead) return;
            _waiting.Enqueue(task);
            if (_running) return;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.Drain(), this, preferLocal: false);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Current, this) && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_waiting)
            return [.. _waiting];
    }

    private void Drain()
    {
        while (true)
        {
            Task? turn;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out turn))
                {
                    _running = false;
                    return;
                }
            }

            TryExecuteTask(turn);
        }
    }
}
