namespace Laurel.ApiFrontend.Live;

/// <summary>Wakes one waiter. Rung while nobody waits, it wakes the next one at once; rung many times, it wakes once.</summary>
internal sealed class Bell(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<bool>? _waiter;
    private bool _rung;

    /// <summary>Wakes whoever waits, on another thread.</summary>
    public void Ring()
    {
        TaskCompletionSource<bool>? waiter;
        lock (_gate)
        {
            (waiter, _waiter) = (_waiter, null);
            _rung = waiter is null;
        }

        waiter?.TrySetResult(true);
    }

    /// <summary>Waits for the bell, or for so long. One waiter at a time.</summary>
    /// <returns>Whether it was rung.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan patience)
    {
        TaskCompletionSource<bool> waiter;
        lock (_gate)
        {
            if (_rung)
            {
                _rung = false;
                return true;
            }

            waiter = _waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (patience <= TimeSpan.Zero)
            GiveUp(waiter);
        using var timer = patience > TimeSpan.Zero
            ? clock.CreateTimer(static state => { var (bell, waiter) = ((Bell, TaskCompletionSource<bool>))state!; bell.GiveUp(waiter); }, (this, waiter), patience, Timeout.InfiniteTimeSpan)
            : null;
        return await waiter.Task;
    }

    private void GiveUp(TaskCompletionSource<bool> waiter)
    {
        lock (_gate)
        {
            if (_waiter == waiter)
                _waiter = null;
        }

        waiter.TrySetResult(false);
    }
}
