using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Grains.Tests.Support;

/// <summary>That the port misbehaves as it says, so that journeys under it mean something.</summary>
public sealed class MisbehavingPortTests
{
    private readonly ConcurrentQueue<(Stub Grain, UpdateTenant Request)> _deliveries = new();
    private readonly ConcurrentQueue<string> _story = new();
    private Func<Stub, OutcomeStatus> _answer = static _ => OutcomeStatus.Ok;
    private Func<Task> _wait = static () => Task.CompletedTask;
    private int _made;

    [Fact]
    public async Task Without_mischief_a_call_is_one_delivery_through_the_wire_format()
    {
        var port = Port(Mischief.None);
        var request = new UpdateTenant("Acme", null);

        var response = await CallAsync(port, request);

        var delivery = Assert.Single(_deliveries);
        Assert.Equal(request, delivery.Request);
        Assert.NotSame(request, delivery.Request);
        Assert.NotSame(delivery.Grain.LastResponse, response);
        Assert.Equal(delivery.Grain.LastResponse!.Record, response.Record);
    }

    [Fact]
    public async Task A_repeated_call_is_delivered_twice_and_answered_once()
    {
        var response = await CallAsync(Port(Mischief.None with { Repeat = 1 }));

        Assert.Equal(OutcomeStatus.Ok, response.Status);
        // The answer to the first delivery does not wait for the second.
        await GrainCluster.UntilAsync(() => Task.FromResult(_deliveries.Count == 2));
    }

    [Fact]
    public async Task A_lost_reply_is_sent_again_with_the_same_request_until_it_is_answered()
    {
        var response = await CallAsync(Port(Mischief.None with { LostReply = 1 }));

        Assert.Equal(OutcomeStatus.Ok, response.Status);
        Assert.InRange(_deliveries.Count, 2, 10);
        Assert.Single(_deliveries.Select(static delivery => delivery.Request).Distinct());
    }

    [Fact]
    public async Task A_killed_activation_loses_its_memory_and_is_not_unloaded()
    {
        var port = Port(Mischief.None);
        await CallAsync(port);
        port.Mischief = Mischief.None with { Kill = 1 };
        await CallAsync(port);
        // The second call may have been answered before its activation was killed; the third one finds it gone.
        port.Mischief = Mischief.None;
        await CallAsync(port);

        Assert.True(_made > 1);
        Assert.Contains("load 2", _story);
        Assert.DoesNotContain(_story, static line => line.StartsWith("unload", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_killed_activation_takes_no_further_turn()
    {
        var port = Port(Mischief.None);
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var wentOn = false;
        var first = true;
        _wait = async () =>
        {
            if (!first) return;
            first = false;
            begun.SetResult();
            await gate.Task;
            wentOn = true;
        };

        var call = CallAsync(port);
        await begun.Task;
        port.KillAll();
        gate.SetResult();

        Assert.Equal(OutcomeStatus.Ok, (await call).Status);
        Assert.Equal(2, _made);
        Assert.False(wentOn);
    }

    [Fact]
    public async Task A_doubled_grain_is_called_on_both_sides()
    {
        var port = Port(Mischief.None with { Duplicate = 0.3 });
        for (var i = 0; i < 50; i++)
            await CallAsync(port);

        var numbers = _deliveries.Select(static delivery => delivery.Grain.Number).ToList();
        Assert.Contains(numbers.Zip(numbers.Skip(1)), static pair => pair.Second < pair.First);
        Assert.Contains(numbers.Zip(numbers.Skip(1)), static pair => pair.Second > pair.First);
    }

    [Fact]
    public async Task Delayed_calls_overtake_each_other()
    {
        var port = Port(Mischief.None with { Delay = 0.5 });
        await CallAsync(port);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => CallAsync(port, new UpdateTenant($"{i:000}", null))));

        var order = _deliveries.Select(static delivery => delivery.Request.Name).Skip(1).ToList();
        Assert.NotEqual(order.Order(StringComparer.Ordinal), order);
    }

    [Fact]
    public async Task A_lost_grain_is_called_again_once_it_was_unloaded()
    {
        var port = Port(Mischief.None);
        _answer = stub =>
        {
            if (stub.Number > 1) return OutcomeStatus.Ok;
            stub.Context.RequestDeactivation();
            return OutcomeStatus.Moved;
        };

        Assert.Equal(OutcomeStatus.Ok, (await CallAsync(port)).Status);
        Assert.Equal(["load 1", "unload 1", "load 2"], _story);
    }

    [Fact]
    public async Task What_a_grain_throws_is_kept_for_the_end_of_the_test()
    {
        var port = Port(Mischief.None);
        _answer = static _ => throw new InvalidOperationException("a mistake in a grain");

        Assert.Equal(OutcomeStatus.Unavailable, (await CallAsync(port)).Status);
        Assert.Equal("a mistake in a grain", Assert.Single(port.Failures).Message);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task One_seed_makes_one_mischief(int seed)
    {
        List<int> made = [];
        for (var run = 0; run < 2; run++)
        {
            _made = 0;
            // Without kills, whose outcome hangs on how far the call has come.
            var port = Port(Mischief.Wild with { Kill = 0 }, seed);
            for (var i = 0; i < 50; i++)
                await CallAsync(port);
            made.Add(_made);
        }

        Assert.True(made[0] > 1);
        Assert.Equal(made[0], made[1]);
    }

    private MisbehavingPort Port(Mischief mischief, int seed = 7) => new(
        seed,
        mischief,
        new Dictionary<Type, Func<ActivationContext, IActivation>> { [typeof(ITenant)] = context => new Stub(this, context, ++_made) },
        static (key, requestDeactivation) => new ActivationContext
        {
            Key = key,
            Clock = TimeProvider.System,
            Store = null!,
            Grains = null!,
            Feed = null!,
            Logs = NullLoggerFactory.Instance,
            RequestDeactivation = requestDeactivation,
        });

    private static Task<TenantOutcome> CallAsync(IGrainPort port, UpdateTenant? request = null) =>
        port.CallAsync("acme", static (ITenant tenant, UpdateTenant update) => tenant.UpdateAsync(update), request ?? new UpdateTenant("Acme", null));

    private sealed class Stub(MisbehavingPortTests test, ActivationContext context, int number) : ITenant, IActivation
    {
        public ActivationContext Context => context;

        public int Number => number;

        public TenantOutcome? LastResponse { get; private set; }

        public Task LoadAsync() => TellAsync("load");

        public Task UnloadAsync() => TellAsync("unload");

        public async Task<TenantOutcome> UpdateAsync(UpdateTenant request)
        {
            test._deliveries.Enqueue((this, request));
            await test._wait();
            return LastResponse = new TenantOutcome(test._answer(this), new TenantRecord("acme", "Acme", "pro", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
        }

        public Task<TenantOutcome> CreateAsync(CreateTenant request) => throw new NotSupportedException();

        public Task<TenantOutcome> GetAsync(GetTenant request) => throw new NotSupportedException();

        public Task<TenantOutcome> DeleteAsync(DeleteTenant request) => throw new NotSupportedException();

        public Task<TenantSecretOutcome> SetSecretAsync(SetTenantSecret request) => throw new NotSupportedException();

        public Task<TenantSecretOutcome> GetSecretAsync(GetTenantSecret request) => throw new NotSupportedException();

        public Task<Acknowledgement> UseSignatureAsync(UseSignature request) => throw new NotSupportedException();

        private Task TellAsync(string what)
        {
            test._story.Enqueue($"{what} {number}");
            return Task.CompletedTask;
        }
    }
}
