using System.Threading.Tasks.Sources;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Wakes one waiter. Rung while nobody waits, it wakes the next one at once; rung many times, it wakes once. Waiting without a limit
/// allocates nothing: there are as many bells as viewers.
/// </summary>
internal sealed class Bell(TimeProvider clock) : IValueTaskSource<bool>
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _wait;
    private bool _isAwaited;
    private bool _rung;

    /// <summary>Wakes whoever waits, on another thread.</summary>
    public void Ring() => Ring(elsewhere: true);

    /// <summary>Wakes whoever waits and runs it until it waits again: for callers that hold nothing and have time.</summary>
    public void RingHere() => Ring(elsewhere: false);

    /// <summary>Waits for the bell, or for so long. One waiter at a time.</summary>
    /// <param name="patience"><see cref="Timeout.InfiniteTimeSpan"/> to wait for the bell alone.</param>
    /// <returns>Whether it was rung.</returns>
    public ValueTask<bool> WaitAsync(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_rung)
            {
                _rung = false;
                return new(true);
            }

            if (patience <= TimeSpan.Zero && patience != Timeout.InfiniteTimeSpan)
                return new(false);
            _wait.Reset();
            _isAwaited = true;
        }

        var ringing = new ValueTask<bool>(this, _wait.Version);
        return patience == Timeout.InfiniteTimeSpan ? ringing : WaitAsync(ringing, _wait.Version, patience);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private void Ring(bool elsewhere)
    {
        lock (_gate)
        {
            _rung = !_isAwaited;
            _isAwaited = false;
            if (_rung)
                return;
        }

        End(true, elsewhere);
    }

    // Whoever took the waiter's mark away is the only one to get here.
    private void End(bool rung, bool elsewhere)
    {
        _wait.RunContinuationsAsynchronously = elsewhere;
        _wait.SetResult(rung);
    }

    private async ValueTask<bool> WaitAsync(ValueTask<bool> ringing, short version, TimeSpan patience)
    {
        using var timer = clock.CreateTimer(
            static state => { var (bell, version) = ((Bell, short))state!; bell.GiveUp(version); }, (this, version), patience, Timeout.InfiniteTimeSpan);
        return await ringing;
    }

    private void GiveUp(short version)
    {
        lock (_gate)
        {
            if (!_isAwaited || _wait.Version != version)
                return;
            _isAwaited = false;
        }

        End(false, elsewhere: true);
    }
}
