namespace Laurel.Grains.Tests.Support;

/// <summary>A clock that stands until a test moves it. Timers fire in order of their time, on the thread that moves the clock.</summary>
public sealed class FakeClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<Timer> _due = new(Timer.ByTime);
    private readonly List<TaskCompletionSource> _watchers = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2025, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private long _created;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait for their time.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _due.Count;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock on, firing what becomes due, each at its own time.</summary>
    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <inheritdoc cref="Advance"/>
    public void AdvanceTo(DateTimeOffset until)
    {
        while (true)
        {
            Timer? next;
            lock (_lock)
            {
                next = _due.Min;
                if (next is null || next.Due > until)
                {
                    if (until > _now) _now = until;
                    return;
                }

                _due.Remove(next);
                if (next.Due > _now) _now = next.Due;
                if (next.Period > TimeSpan.Zero) Schedule(next, next.Due + next.Period);
            }

            next.Fire();
        }
    }

    /// <summary>Ends when something waits for a time not later than this from now: to know, before moving the clock, that the wait has begun.</summary>
    public async Task WhenAwaitedAsync(TimeSpan within)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_due.Min is { } next && next.Due <= _now + within) return;
                var watcher = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _watchers.Add(watcher);
                changed = watcher.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(60), System);
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            var timer = new Timer(this, callback, state, _created++);
            Change(timer, dueTime, period);
            return timer;
        }
    }

    private void Change(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _due.Remove(timer);
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero) Schedule(timer, _now + dueTime);
        }
    }

    private void Schedule(Timer timer, DateTimeOffset due)
    {
        timer.Due = due;
        _due.Add(timer);
        foreach (var watcher in _watchers)
            watcher.TrySetResult();
        _watchers.Clear();
    }

    private void Forget(Timer timer)
    {
        lock (_lock)
            _due.Remove(timer);
    }

    private sealed class Timer(FakeClock clock, TimerCallback callback, object? state, long number) : ITimer
    {
        public static readonly IComparer<Timer> ByTime = Comparer<Timer>.Create(
            static (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Number.CompareTo(b.Number));

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; }

        private long Number { get; } = number;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Change(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
