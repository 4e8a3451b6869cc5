using Laurel.ApiFrontend.Tests.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Several gateways' permit pools before the real grain that lends to them.</summary>
public sealed class GatewayJourneys : IAsyncLifetime
{
    private LaurelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LaurelServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Sixty_four_callers_at_several_gateways_are_served_exactly_as_often_as_the_key_allows(int gateways)
    {
        var terms = new RateLimitTerms(1000, 3600);
        var pools = Enumerable.Range(0, gateways)
            .Select(_ => new PermitPool($"key-of-{gateways}", Guid.NewGuid(), _server.Port, TimeProvider.System))
            .ToList();

        var granted = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (var i = 0; i < 40; i++)
                count += (await pools[caller % gateways].TakeAsync(terms)).Granted ? 1 : 0;
            return count;
        })));

        Assert.Equal(1000, granted.Sum());
    }

    [Fact]
    public async Task What_an_idle_gateway_does_not_use_is_there_for_the_others()
    {
        var terms = new RateLimitTerms(100, 3600);
        var clock = new ManualClock();
        await using var server = await PhoenixServer.StartAsync(clock);
        var port = server.Services.GetRequiredService<IGrainPort>();
        using var idle = new PermitPool("key", Guid.NewGuid(), port, clock);
        using var busy = new PermitPool("key", Guid.NewGuid(), port, clock);
        Assert.True((await idle.TakeAsync(terms)).Granted);

        // Its lease ends, and the rest of it goes back.
        clock.Advance(TimeSpan.FromMilliseconds(300));
        await Eventually.HoldsAsync(async () => (await port.CallAsync<IRateLimit, LeasePermits, PermitLease>(
            "key", static (limit, request) => limit.LeaseAsync(request), new LeasePermits(Guid.Empty, 0, terms, 0, 0))).Remaining == 99);
        var granted = 0;
        while ((await busy.TakeAsync(terms)).Granted)
            granted++;

        Assert.Equal(99, granted);
    }

    [Fact]
    public async Task A_key_that_is_used_once_in_a_while_costs_fewer_calls_than_requests()
    {
        const int Requests = 100;
        var terms = new RateLimitTerms(1000, 60);
        var clock = new ManualClock();
        await using var server = await PhoenixServer.StartAsync(clock);
        var port = new CountingPort(server.Services.GetRequiredService<IGrainPort>());
        using var pool = new PermitPool("key", Guid.NewGuid(), port, clock);

        for (var i = 0; i < Requests; i++)
        {
            Assert.True((await pool.TakeAsync(terms)).Granted);
            clock.Advance(TimeSpan.FromSeconds(0.75));
        }

        Assert.InRange(port.Calls, 1, Requests / 2);
    }

    private sealed class CountingPort(IGrainPort inner) : IGrainPort
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public Task<TResponse> CallAsync<TGrain, TRequest, TResponse>(string key, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request)
            where TGrain : class, IGrain
            where TRequest : class
            where TResponse : class, IOutcome<TResponse>
        {
            Interlocked.Increment(ref _calls);
            return inner.CallAsync(key, method, request);
        }
    }
}
