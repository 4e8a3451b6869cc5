using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Laurel.Standalone;

namespace Laurel.Grains.Tests.Runtime;

public sealed class ActivationLifeTests
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    /// <summary>More than the pause before a call is sent again, and less than the port's own timers.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Where a test is about another limit than the calls' deadline.</summary>
    private static readonly StandalonePortOptions Patient = new() { CallDeadline = TimeSpan.FromDays(1) };

    [Fact]
    public async Task First_calls_share_one_load_and_wait_for_it()
    {
        await using var host = new ProbeHost();
        var gate = new TaskCompletionSource();
        var loaded = false;
        host.OnLoad = async _ =>
        {
            await gate.Task;
            loaded = true;
        };

        var calls = Enumerable.Range(0, 100).Select(_ => host.RunAsync("one", _ => Assert.True(loaded))).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(calls).WaitAsync(HangLimit), static answer => Assert.Equal(OutcomeStatus.Ok, answer.Status));
        Assert.Single(host.Made);
    }

    [Fact]
    public async Task A_failed_load_is_answered_unavailable_and_the_next_call_loads_anew()
    {
        await using var host = new ProbeHost { OnLoad = static _ => throw new InvalidOperationException("no store") };

        var first = await host.RunAsync("one", static _ => { }).WaitAsync(HangLimit);
        host.OnLoad = static _ => Task.CompletedTask;
        var second = await host.RunAsync("one", static _ => { }).WaitAsync(HangLimit);

        Assert.Equal([OutcomeStatus.Unavailable, OutcomeStatus.Ok], [first.Status, second.Status]);
        Assert.Equal("no store", Assert.Single(host.Logs.Lines).Exception!.Message);
        Assert.Equal(2, host.Made.Count);
    }

    [Fact]
    public async Task A_load_without_end_fails_at_its_limit()
    {
        await using var host = new ProbeHost(Patient);
        var begun = new TaskCompletionSource();
        host.OnLoad = _ =>
        {
            begun.SetResult();
            return new TaskCompletionSource().Task;
        };

        var call = host.RunAsync("one", static _ => { });
        await begun.Task.WaitAsync(HangLimit);
        host.OnLoad = static _ => Task.CompletedTask;
        await AdvanceUntilAsync(host, call);

        Assert.Equal(OutcomeStatus.Unavailable, (await call).Status);
        Assert.Equal(OutcomeStatus.Ok, (await host.RunAsync("one", static _ => { }).WaitAsync(HangLimit)).Status);
    }

    [Fact]
    public async Task A_lost_grain_is_called_again_with_the_same_request_once_it_is_active_anew()
    {
        await using var host = new ProbeHost();
        var requests = new ConcurrentQueue<(Probe Probe, Script Request)>();
        Script request = null!;
        request = new Script(probe =>
        {
            requests.Enqueue((probe, request));
            if (requests.Count > 1) return Task.FromResult(OutcomeStatus.Ok);
            probe.Context.RequestDeactivation();
            return Task.FromResult(OutcomeStatus.Moved);
        });

        var call = host.Port.CallAsync("one", static (IProbe probe, Script script) => probe.RunAsync(script), request);
        await host.Clock.WhenAwaitedAsync(ShortPause);
        host.Clock.Advance(ShortPause);

        Assert.Equal(OutcomeStatus.Ok, (await call.WaitAsync(HangLimit)).Status);
        Assert.Equal(2, requests.Count);
        Assert.Equal(host.Made, requests.Select(static seen => seen.Probe));
    }

    [Fact]
    public async Task A_grain_lost_for_good_is_answered_unavailable_at_the_deadline()
    {
        await using var host = new ProbeHost();
        var attempts = 0;

        var call = host.RunAsync("one", _ =>
        {
            Interlocked.Increment(ref attempts);
            return Task.FromResult(OutcomeStatus.Moved);
        });
        for (var i = 0; i < 100 && !call.IsCompleted; i++)
        {
            await Task.WhenAny(call, host.Clock.WhenAwaitedAsync(ShortPause));
            host.Clock.Advance(ShortPause);
        }

        Assert.Equal(OutcomeStatus.Unavailable, (await call.WaitAsync(HangLimit)).Status);
        Assert.InRange(attempts, 2, 200);
    }

    [Fact]
    public async Task A_call_past_its_deadline_is_answered_and_its_work_goes_on()
    {
        await using var host = new ProbeHost();
        await host.RunAsync("one", static _ => { });
        var gate = new TaskCompletionSource();
        var done = new TaskCompletionSource();

        var call = host.RunAsync("one", async probe =>
        {
            await gate.Task;
            probe.Counter++;
            done.SetResult();
            return OutcomeStatus.Ok;
        });
        host.Clock.Advance(TimeSpan.FromSeconds(9.5));
        Assert.False(call.IsCompleted);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(OutcomeStatus.Unavailable, (await call.WaitAsync(HangLimit)).Status);

        gate.SetResult();
        await done.Task.WaitAsync(HangLimit);
        Assert.Equal(1, Assert.Single(host.Made).Counter);
    }

    [Fact]
    public async Task A_call_that_never_got_its_turn_before_the_deadline_does_nothing()
    {
        await using var host = new ProbeHost();
        await host.RunAsync("one", static _ => { });
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();

        var blocked = Task.Run(() => host.RunAsync("one", _ =>
        {
            begun.SetResult();
            gate.Wait(HangLimit);
        }));
        await begun.Task.WaitAsync(HangLimit);
        var late = host.RunAsync("one", static probe => probe.Counter++);
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(OutcomeStatus.Unavailable, (await late.WaitAsync(HangLimit)).Status);

        gate.Set();
        await blocked.WaitAsync(HangLimit);
        var after = -1;
        await host.RunAsync("one", probe => after = probe.Counter).WaitAsync(HangLimit);
        Assert.Equal(0, after);
    }

    [Fact]
    public async Task An_idle_grain_is_unloaded_and_a_busy_one_stays()
    {
        await using var host = new ProbeHost();
        var gate = new TaskCompletionSource();
        var unloaded = new ConcurrentQueue<string>();
        var gone = new TaskCompletionSource();
        host.OnUnload = probe =>
        {
            unloaded.Enqueue(probe.Context.Key);
            gone.TrySetResult();
            return Task.CompletedTask;
        };

        await host.RunAsync("idle", static _ => { });
        await host.RunAsync("used", static _ => { });
        await host.RunAsync("busy", static _ => { });
        var busy = host.RunAsync("busy", async _ =>
        {
            await gate.Task;
            return OutcomeStatus.Ok;
        });
        host.Clock.Advance(TimeSpan.FromMinutes(8));
        await host.RunAsync("used", static _ => { });
        host.Clock.Advance(TimeSpan.FromMinutes(9));
        await gone.Task.WaitAsync(HangLimit);

        Assert.Equal("idle", Assert.Single(unloaded));
        gate.SetResult();
        await busy.WaitAsync(HangLimit);
    }

    [Fact]
    public async Task A_new_activation_begins_after_the_old_one_has_ended_its_calls_and_unloaded()
    {
        await using var host = new ProbeHost();
        var story = new ConcurrentQueue<string>();
        host.OnLoad = _ => Tell("load");
        host.OnUnload = _ => Tell("unload");
        var closing = new TaskCompletionSource();
        var gate = new TaskCompletionSource();

        var old = host.RunAsync("one", async probe =>
        {
            probe.Context.RequestDeactivation();
            closing.SetResult();
            await gate.Task;
            await Tell("old call");
            return OutcomeStatus.Ok;
        });
        await closing.Task.WaitAsync(HangLimit);
        var next = host.RunAsync("one", _ => story.Enqueue("new call"));
        gate.SetResult();

        await Task.WhenAll(old, next).WaitAsync(HangLimit);
        Assert.Equal(["load", "old call", "unload", "load", "new call"], story);

        Task Tell(string line)
        {
            story.Enqueue(line);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_activation_that_does_not_end_is_dropped_at_the_limit()
    {
        await using var host = new ProbeHost(Patient);
        await host.RunAsync("one", static _ => { });
        _ = host.RunAsync("one", static async probe =>
        {
            probe.Context.RequestDeactivation();
            await new TaskCompletionSource().Task;
            return OutcomeStatus.Ok;
        });

        var call = host.RunAsync("one", static _ => { });
        await AdvanceUntilAsync(host, call);

        Assert.Equal(OutcomeStatus.Ok, (await call).Status);
        Assert.Equal(2, host.Made.Count);
        Assert.Equal(LogLevel.Warning, Assert.Single(host.Logs.Lines).Level);
    }

    [Fact]
    public async Task A_stop_lets_calls_end_unloads_all_and_takes_no_more()
    {
        await using var host = new ProbeHost();
        var gate = new TaskCompletionSource();
        var unloaded = new ConcurrentQueue<string>();
        host.OnUnload = probe =>
        {
            unloaded.Enqueue(probe.Context.Key);
            return Task.CompletedTask;
        };
        await host.RunAsync("one", static _ => { });

        var call = host.RunAsync("one", async probe =>
        {
            await gate.Task;
            // Its own calls still go out, to grains that are not even active.
            return (await ProbeHost.RunAsync(probe.Context.Grains, "two", static _ => Task.FromResult(OutcomeStatus.Ok))).Status;
        });
        var stopped = host.Port.StopAsync();
        Assert.Equal(OutcomeStatus.Unavailable, (await host.RunAsync("three", static _ => { })).Status);
        gate.SetResult();

        Assert.Equal(OutcomeStatus.Ok, (await call.WaitAsync(HangLimit)).Status);
        await stopped.WaitAsync(HangLimit);
        Assert.Equal(["one", "two"], unloaded.Order());
        Assert.Equal(0, host.Port.ActivationCount);
        Assert.Equal(OutcomeStatus.Unavailable, (await host.RunAsync("one", static _ => { })).Status);
    }

    [Fact]
    public async Task A_stop_ends_though_a_grain_does_not()
    {
        await using var host = new ProbeHost();
        await host.RunAsync("one", static _ => { });
        var call = host.RunAsync("one", static async _ =>
        {
            await new TaskCompletionSource().Task;
            return OutcomeStatus.Ok;
        });

        var stopped = host.Port.StopAsync();
        await AdvanceUntilAsync(host, stopped);

        await stopped;
        Assert.Equal(OutcomeStatus.Unavailable, (await call.WaitAsync(HangLimit)).Status);
    }

    /// <summary>Moves the clock on until it has happened, however slow the machine is.</summary>
    private static async Task AdvanceUntilAsync(ProbeHost host, Task done)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!done.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < HangLimit, "It did not happen.");
            host.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
