using System.Runtime.CompilerServices;

namespace Laurel.Standalone;

/// <summary>
/// Runs the turns of one activation, one at a time and in the order they became ready, on threads of the pool. An await in a turn
/// comes back here as a later turn, because it captures <see cref="TaskScheduler.Current"/>.
/// </summary>
/// <remarks>
/// Invariant: turns wait only while one runs; whoever made <c>_running</c> true runs or hands over until the queue is empty. A call
/// of an activation at rest runs its first turn on the caller's own thread, which saves a way through the pool.
/// </remarks>
internal sealed class TurnScheduler : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After so many turns the pool's other work gets its chance.</summary>
    private const int TurnsPerVisit = 64;

    [ThreadStatic]
    private static TurnScheduler? s_claimed;

    private readonly Queue<Task> _waiting = new();
    private bool _running;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>
    /// Takes the right to run one turn on this thread now. False when a turn is running, when the stack is nearly used up by calls within
    /// calls, and when the thread has a synchronization context: awaits would go there instead of coming back here.
    /// </summary>
    public bool TryClaim()
    {
        if (SynchronizationContext.Current is not null || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return false;
        lock (_waiting)
        {
            if (_running) return false;
            _running = true;
            return true;
        }
    }

    /// <summary>Runs a turn that was not started yet, after <see cref="TryClaim"/>, and lets those that came meanwhile go on elsewhere.</summary>
    public void RunClaimed(Task turn)
    {
        s_claimed = this;
        turn.RunSynchronously(this);

        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var i = 0; i < TurnsPerVisit; i++)
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

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(task);
            if (_running) return;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Only within the running turn, whose thread this is: what it waits for inside itself ends without another turn.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (taskWasPreviouslyQueued) return false;
        if (ReferenceEquals(s_claimed, this))
            s_claimed = null;
        else if (!ReferenceEquals(Current, this))
            return false;
        return TryExecuteTask(task);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_waiting)
            return [.. _waiting];
    }
}
