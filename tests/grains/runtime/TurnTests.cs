using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.Runtime;

public sealed class TurnTests
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Turns_of_one_grain_never_overlap()
    {
        await using var host = new ProbeHost();
        var inside = 0;
        var overlaps = 0;

        async Task<OutcomeStatus> Steps(Probe probe)
        {
            for (var i = 0; i < 20; i++)
            {
                if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref overlaps);
                probe.Counter++;
                Thread.SpinWait(50);
                Interlocked.Decrement(ref inside);
                await Task.Yield();
                await Task.Run(static () => Thread.SpinWait(20));
            }

            return OutcomeStatus.Ok;
        }

        // Callers of their own threads: some find the grain at rest and run its turn themselves, some find it busy.
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => host.RunAsync("one", Steps)))).WaitAsync(HangLimit);

        Assert.Equal(0, overlaps);
        Assert.Equal(500 * 20, Assert.Single(host.Made).Counter);
    }

    [Fact]
    public async Task A_call_that_waits_lets_others_in()
    {
        await using var host = new ProbeHost();
        var gate = new TaskCompletionSource();

        var first = host.RunAsync("one", async _ =>
        {
            await gate.Task;
            return OutcomeStatus.Ok;
        });
        var second = await host.RunAsync("one", _ => gate.SetResult()).WaitAsync(HangLimit);

        Assert.Equal(OutcomeStatus.Ok, second.Status);
        Assert.Equal(OutcomeStatus.Ok, (await first.WaitAsync(HangLimit)).Status);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b", "a")]
    [InlineData("b", "c", "a", "b", "a")]
    public async Task A_cycle_of_calls_ends(params string[] route)
    {
        await using var host = new ProbeHost();
        var visited = new List<string>();

        Task<OutcomeStatus> Step(Probe probe, int at)
        {
            lock (visited)
                visited.Add(probe.Context.Key);
            return at == route.Length ? Task.FromResult(OutcomeStatus.Ok) : Next(probe, at);
        }

        async Task<OutcomeStatus> Next(Probe probe, int at)
        {
            var response = await ProbeHost.RunAsync(probe.Context.Grains, route[at], next => Step(next, at + 1));
            probe.Counter++;
            return response.Status;
        }

        // Twice: the second time all are loaded and run on the caller's thread as far as they can.
        for (var i = 0; i < 2; i++)
            Assert.Equal(OutcomeStatus.Ok, (await Task.Run(() => host.RunAsync("a", probe => Step(probe, 0))).WaitAsync(HangLimit)).Status);
        Assert.Equal([.. route.Prepend("a"), .. route.Prepend("a")], visited);
    }

    [Fact]
    public async Task Calls_within_calls_go_as_deep_as_they_like()
    {
        await using var host = new ProbeHost();

        async Task<OutcomeStatus> Down(Probe probe, int depth) => depth == 0
            ? OutcomeStatus.Ok
            : (await ProbeHost.RunAsync(probe.Context.Grains, $"{depth}", next => Down(next, depth - 1))).Status;

        for (var i = 0; i < 2; i++)
            Assert.Equal(OutcomeStatus.Ok, (await Task.Run(() => host.RunAsync("top", probe => Down(probe, 5000))).WaitAsync(HangLimit)).Status);
    }

    [Fact]
    public async Task A_caller_goes_on_outside_of_the_grains_turns()
    {
        await using var host = new ProbeHost();
        await host.RunAsync("one", static _ => { });
        var gate = new TaskCompletionSource();
        using var answered = new ManualResetEventSlim();

        var caller = Task.Run(async () =>
        {
            await host.RunAsync("one", async _ =>
            {
                await gate.Task;
                return OutcomeStatus.Ok;
            });
            var scheduler = TaskScheduler.Current;
            // Would wait for ever if it held up the grain's turn.
            Assert.True(answered.Wait(HangLimit));
            return scheduler;
        });
        gate.SetResult();
        await host.RunAsync("one", static _ => { }).WaitAsync(HangLimit);
        answered.Set();

        Assert.Same(TaskScheduler.Default, await caller.WaitAsync(HangLimit));
    }

    [Fact]
    public async Task A_callers_synchronization_context_stays_out_of_the_grain()
    {
        await using var host = new ProbeHost();
        await host.RunAsync("one", static _ => { });
        var seen = new List<(SynchronizationContext? Context, TaskScheduler Scheduler)>();

        await Task.Run(async () =>
        {
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            await host.RunAsync("one", async _ =>
            {
                seen.Add((SynchronizationContext.Current, TaskScheduler.Current));
                await Task.Yield();
                seen.Add((SynchronizationContext.Current, TaskScheduler.Current));
                return OutcomeStatus.Ok;
            }).ConfigureAwait(false);
        }).WaitAsync(HangLimit);

        Assert.Equal(2, seen.Count);
        Assert.All(seen, turn => Assert.Equal((null, seen[0].Scheduler), turn));
        Assert.NotSame(TaskScheduler.Default, seen[0].Scheduler);
    }

    [Fact]
    public async Task An_exception_is_logged_and_answered_unavailable()
    {
        await using var host = new ProbeHost();
        await host.RunAsync("one", static _ => { });

        var now = await Task.Run(() => host.RunAsync("one", static _ => throw new InvalidOperationException("at once")));
        var later = await host.RunAsync("one", static async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("later");
        });

        Assert.Equal([OutcomeStatus.Unavailable, OutcomeStatus.Unavailable], [now.Status, later.Status]);
        Assert.Equal(["at once", "later"], host.Logs.Lines.Select(static line => line.Exception!.Message));
        Assert.Equal(OutcomeStatus.Ok, (await host.RunAsync("one", static _ => { })).Status);
    }
}
