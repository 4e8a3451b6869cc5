namespace Laurel.Grains.Tests.Support;

public sealed class FakeClockTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Timers_fire_in_order_at_their_own_time()
    {
        var start = _clock.GetUtcNow();
        List<(string Name, TimeSpan At)> fired = [];
        void Start(string name, int due, int period) => _clock.CreateTimer(
            _ => fired.Add((name, _clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(due), period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));

        Start("late", 5, 0);
        Start("often", 2, 2);
        Start("after the end", 7, 0);
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([("often", 2), ("often", 4), ("late", 5), ("often", 6)], fired.Select(static timer => (timer.Name, (int)timer.At.TotalSeconds)));
        Assert.Equal(start + TimeSpan.FromSeconds(6), _clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_disposed_or_changed_by_another_obeys()
    {
        var fired = 0;
        var disposed = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        var changed = _clock.CreateTimer(_ => fired += 10, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.CreateTimer(
            _ =>
            {
                disposed.Dispose();
                changed.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(10, fired);
    }

    [Fact]
    public async Task A_wait_begun_is_seen_before_the_clock_moves()
    {
        var waiting = Task.Run(() => Task.Delay(TimeSpan.FromMinutes(1), _clock));
        await _clock.WhenAwaitedAsync(TimeSpan.FromMinutes(1));
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
