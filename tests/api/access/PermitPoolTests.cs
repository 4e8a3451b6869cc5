using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

public sealed class PermitPoolTests(ITestOutputHelper output)
{
    private static readonly RateLimitTerms Terms = new(1000, 60);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Sixty_four_callers_get_as_many_permits_as_there_are_and_never_one_more(int gateways)
    {
        var clock = new ManualClock();
        var limits = new FakeLimits(clock);
        var grains = new FakeGrains().With<IRateLimit>(limits.Grain);
        var pools = Enumerable.Range(0, gateways).Select(_ => new PermitPool("key", Guid.NewGuid(), grains, clock)).ToList();

        var granted = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (var i = 0; i < 100; i++)
                count += (await pools[caller % gateways].TakeAsync(Terms)).Granted ? 1 : 0;
            return count;
        })));

        // Another gateway's unused block is all that may be missing: this grain, unlike the real one, does not wait for it.
        output.WriteLine($"{granted.Sum()} granted in blocks of up to {limits.LargestBlock}, {grains.CallsOf<IRateLimit>()} calls");
        Assert.InRange(granted.Sum(), gateways == 1 ? 1000 : 1, 1000);
    }

    [Fact]
    public async Task In_no_minute_are_there_more_permits_than_allowed_however_the_callers_come()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var clock = new ManualClock();
        var limits = new FakeLimits(clock);
        var grains = new FakeGrains().With<IRateLimit>(limits.Grain);
        var pools = Enumerable.Range(0, 3).Select(_ => new PermitPool("key", Guid.NewGuid(), grains, clock)).ToList();
        var used = new List<TimeSpan>();
        var refusals = 0;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromMinutes(10);)
        {
            var burst = random.Next(20) == 0 ? random.Next(1500) : random.Next(30);
            for (var i = 0; i < burst; i++)
            {
                if ((await pools[random.Next(pools.Count)].TakeAsync(Terms)).Granted)
                    used.Add(now);
                else
                    refusals++;
            }

            var pause = TimeSpan.FromMilliseconds(random.Next(random.Next(8) == 0 ? 20_000 : 400));
            clock.Advance(pause);
            now += pause;
        }

        var first = 0;
        for (var last = 0; last < used.Count; last++)
        {
            while (used[last] - used[first] >= TimeSpan.FromSeconds(60))
                first++;
            Assert.InRange(last - first + 1, 1, 1000);
        }

        Assert.True(refusals > 0, "No burst reached the limit.");
        Assert.True(used.Count > 3000, $"Only {used.Count} permits in ten minutes.");
    }

    [Fact]
    public async Task A_busy_key_costs_few_calls_and_an_idle_one_holds_little()
    {
        var clock = new ManualClock();
        var limits = new FakeLimits(clock);
        var grains = new FakeGrains().With<IRateLimit>(limits.Grain);
        var pool = new PermitPool("key", Guid.NewGuid(), grains, clock);
        var terms = new RateLimitTerms(1_000_000, 60);

        for (var i = 0; i < 10_000; i++)
            Assert.True((await pool.TakeAsync(terms)).Granted);

        Assert.InRange(grains.CallsOf<IRateLimit>(), 1, 15);
    }

    [Fact]
    public async Task A_refusal_says_when_there_is_a_permit_again_and_asks_nobody_before()
    {
        var clock = new ManualClock();
        var grains = new FakeGrains().With<IRateLimit>(new FakeLimits(clock).Grain);
        var pool = new PermitPool("key", Guid.NewGuid(), grains, clock);
        var terms = new RateLimitTerms(1, 60);
        Assert.True((await pool.TakeAsync(terms)).Granted);
        clock.Advance(TimeSpan.FromSeconds(20.5));

        var refused = await pool.TakeAsync(terms);
        Assert.False(refused.Granted);
        Assert.InRange(refused.RetryAfterSeconds, 39, 41);
        var calls = grains.CallsOf<IRateLimit>();
        Assert.False((await pool.TakeAsync(terms)).Granted);
        Assert.Equal(calls, grains.CallsOf<IRateLimit>());

        clock.Advance(TimeSpan.FromSeconds(refused.RetryAfterSeconds));
        Assert.True((await pool.TakeAsync(terms)).Granted);
    }

    [Fact]
    public async Task Without_an_answer_nothing_is_granted()
    {
        var clock = new ManualClock();
        var grains = new FakeGrains().With<IRateLimit>(new FakeLimits(clock).Grain);
        var pool = new PermitPool("key", Guid.NewGuid(), grains, clock);
        grains.Fail<IRateLimit>();
        Assert.Equal(Permit.Undecided, await pool.TakeAsync(Terms));

        grains.Heal<IRateLimit>();
        Assert.True((await pool.TakeAsync(Terms)).Granted);
    }

    [Fact]
    public async Task Permits_of_an_ended_lease_are_void()
    {
        var clock = new ManualClock();
        var leases = 0;
        var grains = new FakeGrains().With<IRateLimit>(_ => new Lender(_ => leases++));
        var pool = new PermitPool("key", Guid.NewGuid(), grains, clock);
        Assert.True((await pool.TakeAsync(Terms)).Granted);

        clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.True((await pool.TakeAsync(Terms)).Granted);
        Assert.Equal(1, leases);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await pool.TakeAsync(Terms)).Granted);
        Assert.Equal(2, leases);
    }

    [Fact]
    public async Task What_is_left_of_a_lease_goes_back_though_its_timer_rings_early()
    {
        var clock = new ManualClock();
        List<LeasePermits> requests = [];
        var grains = new FakeGrains().With<IRateLimit>(_ => new Lender(requests.Add));
        var pool = new PermitPool("key", Guid.NewGuid(), grains, new EarlyTimers(clock));
        Assert.True((await pool.TakeAsync(Terms)).Granted);

        clock.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal([0, 99], requests.Select(static request => request.Unused));
    }

    [Fact]
    public async Task A_lease_that_was_used_up_is_named_by_the_next_request_also_after_its_end()
    {
        var clock = new ManualClock();
        List<LeasePermits> requests = [];
        var grains = new FakeGrains().With<IRateLimit>(_ => new Lender(requests.Add));
        var pool = new PermitPool("key", Guid.NewGuid(), grains, clock);
        for (var i = 0; i < Lender.Granted; i++)
            Assert.True((await pool.TakeAsync(Terms)).Granted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await pool.TakeAsync(Terms)).Granted);

        Assert.Equal([0L, 1L], requests.Select(static request => request.ReturnedLease));
    }

    /// <summary>A clock whose timers ring before their time, as those do that follow a coarser clock.</summary>
    private sealed class EarlyTimers(TimeProvider clock) : TimeProvider
    {
        private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(4);
        private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new EarlyTimer(clock.CreateTimer(callback, state, dueTime, period));

        private sealed class EarlyTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) =>
                timer.Change(dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime - Early > Least ? dueTime - Early : Least, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }

    private sealed class Lender(Action<LeasePermits> lent) : IRateLimit
    {
        public const int Granted = 100;

        private long _lease;

        public Task<PermitLease> LeaseAsync(LeasePermits request)
        {
            lent(request);
            return Task.FromResult(new PermitLease(OutcomeStatus.Ok, Granted, ++_lease, TimeSpan.FromMilliseconds(100)));
        }
    }
}
