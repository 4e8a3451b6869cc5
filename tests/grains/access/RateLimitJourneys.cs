using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Standalone;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Grains.Tests;

public class RateLimitJourneys
{
    private static readonly RateLimitTerms Usual = new(1000, 60);
    private static readonly Mischief Late = new() { Delay = 0.3, LostReply = 0.1 };
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 16)]
    public async Task A_thousand_allowed_means_a_thousand_served_and_never_one_more(int seed, int gateways)
    {
        await using var cluster = await StartAsync(seed, Late);
        ServedLog served = new();
        var all = Gateways(cluster, gateways, Usual, served);

        var refusals = await AskAsync(all, callers: 64, each: 30);

        Assert.Equal(1000, served.Count);
        Assert.Equal(64 * 30 - 1000, refusals.Count);
        Assert.All(refusals, wait => Assert.InRange(wait, Minute, Minute + Minute / 600 + TimeSpan.FromMicroseconds(1)));

        cluster.Clock.Advance(Minute - TimeSpan.FromMilliseconds(1));
        await AskAsync(all, callers: gateways, each: 1);
        Assert.Equal(1000, served.Count);
        cluster.Clock.Advance(refusals.Max() - Minute + TimeSpan.FromMilliseconds(1));
        await AskAsync(all, callers: 64, each: 30);
        Assert.Equal(2000, served.Count);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Whatever_the_traffic_no_interval_sees_more_than_the_limit(int seed)
    {
        RateLimitTerms terms = new(40, 10);
        await using var cluster = await StartAsync(seed, Mischief.Usual);
        ServedLog served = new();
        var all = Gateways(cluster, 3, terms, served);
        Random random = new(seed);

        for (var step = 0; step < 250; step++)
        {
            var asked = Enumerable.Range(0, random.Next(8)).Select(_ => all[random.Next(all.Length)].TakeAsync()).ToArray();
            if (random.Next(3) == 0)
                asked = [.. asked, ReturnAsync(all[random.Next(all.Length)])];
            await PassTimeAsync(cluster, Task.WhenAll(asked));
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
        }

        Assert.InRange(served.MostWithin(TimeSpan.FromSeconds(terms.Seconds)), 20, 40);

        static async Task<TimeSpan?> ReturnAsync(FakeGateway gateway)
        {
            await gateway.ReturnAsync();
            return null;
        }
    }

    [Fact]
    public async Task After_the_time_a_refusal_names_there_is_a_permit_and_not_before()
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        ServedLog served = new();
        using FakeGateway gateway = new(cluster, new(5, 60), served);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await gateway.TakeAsync());
            await gateway.ReturnAsync();
            cluster.Clock.Advance(TimeSpan.FromSeconds(7));
        }

        for (var i = 0; i < 20; i++)
        {
            var wait = (await gateway.TakeAsync())!.Value;
            cluster.Clock.Advance(wait - TimeSpan.FromMicroseconds(1));
            Assert.NotNull(await gateway.TakeAsync());
            cluster.Clock.Advance(TimeSpan.FromMicroseconds(1));
            Assert.Null(await gateway.TakeAsync());
            await gateway.ReturnAsync();
        }

        Assert.Equal(5, served.MostWithin(Minute));
    }

    [Fact]
    public async Task A_lonely_gateway_needs_few_questions()
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        ServedLog served = new();
        using FakeGateway gateway = new(cluster, Usual, served);

        for (var i = 0; i < 1000; i++)
            Assert.Null(await gateway.TakeAsync());

        Assert.InRange(gateway.Questions, 1, 16);
    }

    [Fact]
    public async Task Who_asks_seldom_loses_nothing_of_leases_that_ended_meanwhile()
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        ServedLog served = new();
        using FakeGateway gateway = new(cluster, new(30, 60), served);

        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await gateway.TakeAsync());
            cluster.Clock.Advance(TimeSpan.FromSeconds(2.05));
        }
    }

    [Fact]
    public async Task Nobody_is_refused_while_another_gateway_holds_what_it_does_not_use()
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        ServedLog served = new();
        using FakeGateway idle = new(cluster, Usual, served);
        using FakeGateway busy = new(cluster, Usual, served);
        await idle.TakeAsync();

        var rest = AskAsync([busy], callers: 1, each: 999);
        await cluster.Clock.WhenAwaitedAsync(TimeSpan.FromMilliseconds(500));
        Assert.False(rest.IsCompleted);
        await idle.ReturnAsync();

        Assert.Empty(await rest);
        Assert.Equal(1000, served.Count);
    }

    [Theory]
    [InlineData(16, 0.5)]
    [InlineData(4, 4.0)]
    public async Task A_gateway_that_died_delays_a_refusal_by_no_more_than_two_leases(int lent, double seconds)
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        ServedLog served = new();
        using FakeGateway dead = new(cluster, Usual, served, lent);
        using FakeGateway busy = new(cluster, Usual, served);
        await dead.TakeAsync();

        var delay = TimeSpan.FromSeconds(seconds);
        var rest = AskAsync([busy], callers: 1, each: 1000);
        await cluster.Clock.WhenAwaitedAsync(delay);
        cluster.Clock.Advance(delay);

        Assert.All(await rest, wait => Assert.InRange(wait, Minute - delay, Minute + TimeSpan.FromSeconds(1)));
        Assert.InRange(served.Count, 2, 999);
    }

    [Theory]
    [InlineData(0, 8, 2.0)]
    [InlineData(0, 16, 0.25)]
    [InlineData(0, 1, 0.25)]
    [InlineData(500, 8, 0.25)]
    [InlineData(999, 8, 0.25)]
    public async Task A_few_permits_last_longer_while_half_the_limit_is_free(int used, int wanted, double seconds)
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        using FakeGateway other = new(cluster, Usual, new());
        for (var i = 0; i < used; i++)
            Assert.Null(await other.TakeAsync());
        await other.ReturnAsync();

        var lease = await LeaseAsync(cluster, new(Guid.NewGuid(), wanted, Usual, 0, 0));

        Assert.Equal(TimeSpan.FromSeconds(seconds), lease.GoodFor);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Few_permits_at_a_time_add_up_to_the_limit_and_no_more(int seed)
    {
        await using var cluster = await StartAsync(seed, Late);
        ServedLog served = new();
        var all = Enumerable.Range(0, 3).Select(_ => new FakeGateway(cluster, Usual, served, always: 4)).ToArray();

        for (var step = 0; step < 200; step++)
        {
            Assert.Null(await all[step % 3].TakeAsync());
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        var refusals = await AskAsync(all, callers: 3, each: 400);

        Assert.Equal(1000, served.Count);
        Assert.Equal(400, refusals.Count);
    }

    [Fact]
    public async Task A_question_delivered_twice_is_answered_by_the_same_lease()
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        LeasePermits first = new(Guid.NewGuid(), 10, Usual, 0, 0);

        var lease = await LeaseAsync(cluster, first);
        Assert.Equal(lease, await LeaseAsync(cluster, first));

        var next = first with { ReturnedLease = lease.Lease, Unused = 3 };
        var second = await LeaseAsync(cluster, next);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(second with { GoodFor = second.GoodFor - TimeSpan.FromMilliseconds(100) }, await LeaseAsync(cluster, next));
        Assert.NotEqual(lease.Lease, second.Lease);
        Assert.Equal(1000 - 7 - 10, second.Remaining);
    }

    [Fact]
    public async Task A_gateway_that_did_not_hear_of_its_lease_is_answered_by_it_again_whatever_it_asks_for_now()
    {
        await using var cluster = await StartAsync(0, Mischief.None);
        LeasePermits first = new(Guid.NewGuid(), 10, Usual, 0, 0);
        var lease = await LeaseAsync(cluster, first);
        var unheard = await LeaseAsync(cluster, first with { ReturnedLease = lease.Lease, Unused = 3 });

        var again = await LeaseAsync(cluster, new(first.Gateway, 20, Usual, lease.Lease, 3));

        Assert.Equal(unheard, again);
    }

    [Fact]
    public async Task A_long_window_is_remembered_while_the_key_rests_and_no_longer()
    {
        RateLimitTerms hourly = new(1000, 3600);
        FakeClock clock = new();
        await using StandalonePort port = new(GrainFactories.All, null!, clock, NullLoggerFactory.Instance);
        var sweeps = clock.Waiting;
        using FakeGateway gateway = new(port, clock, hourly, new());
        for (var i = 1; i < hourly.Requests; i++)
            Assert.Null(await gateway.TakeAsync());
        await gateway.ReturnAsync();

        for (var minutes = 0; minutes < 20; minutes += 5)
        {
            await GrainCluster.UntilAsync(() => Task.FromResult(clock.Waiting > sweeps || port.ActivationCount == 0));
            clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Null(await gateway.TakeAsync());
        Assert.NotNull(await gateway.TakeAsync());
        await GrainCluster.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(port.ActivationCount == 0);
        });
    }

    [Theory]
    [InlineData(-1, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public async Task A_question_that_makes_no_sense_is_Invalid(int wanted, int requests, int seconds)
    {
        await using var cluster = await StartAsync(0, Mischief.None);

        Assert.Equal(OutcomeStatus.Invalid, (await LeaseAsync(cluster, new(Guid.NewGuid(), wanted, new(requests, seconds), 0, 0))).Status);
    }

    private static async Task<GrainCluster> StartAsync(int seed, Mischief mischief)
    {
        var cluster = await GrainCluster.StartAsync(seed, mischief);
        cluster.Spare<IRateLimit>();
        return cluster;
    }

    private static FakeGateway[] Gateways(GrainCluster cluster, int count, RateLimitTerms terms, ServedLog served) =>
        [.. Enumerable.Range(0, count).Select(_ => new FakeGateway(cluster, terms, served))];

    /// <summary>Concurrent callers spread over gateways. A gateway whose callers have all that they wanted gives back the rest.</summary>
    /// <returns>The refusals.</returns>
    private static async Task<List<TimeSpan>> AskAsync(FakeGateway[] gateways, int callers, int each)
    {
        var answers = await Task.WhenAll(gateways.Select(async gateway =>
        {
            var own = await Task.WhenAll(Enumerable.Range(0, callers / gateways.Length).Select(_ => Task.Run(() => AskAsync(gateway, each))));
            await gateway.ReturnAsync();
            return own;
        }));
        return [.. answers.SelectMany(own => own).SelectMany(own => own)];
    }

    private static async Task<List<TimeSpan>> AskAsync(FakeGateway gateway, int times)
    {
        List<TimeSpan> refusals = [];
        for (var i = 0; i < times; i++)
        {
            if (await gateway.TakeAsync() is { } wait)
                refusals.Add(wait);
        }

        return refusals;
    }

    private static Task<PermitLease> LeaseAsync(GrainCluster cluster, LeasePermits request) =>
        cluster.Grains.CallAsync("k1", static (IRateLimit limit, LeasePermits request) => limit.LeaseAsync(request), request);

    /// <summary>Moves the clock on while something waits for it, until the work is done.</summary>
    private static async Task PassTimeAsync(GrainCluster cluster, Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, cluster.Clock.WhenAwaitedAsync(TimeSpan.FromSeconds(1)));
            if (!work.IsCompleted)
                cluster.Clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        await work;
    }
}
