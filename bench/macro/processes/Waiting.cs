namespace Laurel.Bench.Macro;

/// <summary>Waits for what cannot announce itself, each within a deadline.</summary>
internal static class Waiting
{
    /// <summary>Asks again and again until the answer is true.</summary>
    /// <param name="what">For the exception: "the server to be ready".</param>
    /// <param name="ask">The question.</param>
    /// <param name="pause">Between two questions.</param>
    /// <param name="deadline">For all of it.</param>
    /// <param name="clock">For pauses and deadline.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="TimeoutException">The answer was never true.</exception>
    public static async Task UntilAsync(
        string what, Func<Task<bool>> ask, TimeSpan pause, TimeSpan deadline, TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (!await ask())
        {
            if (clock.GetElapsedTime(since) > deadline)
                throw new TimeoutException($"Waited {deadline.TotalSeconds:0} s for {what}.");
            await Task.Delay(pause, clock, cancellation);
        }
    }

    /// <summary>
    /// Waits until processes use less than a twentieth of a core: what they still do in the background after a load is part of its price,
    /// and must not be paid by the next one.
    /// </summary>
    public static async Task UntilQuietAsync(IReadOnlyList<ChildProcess> processes, TimeProvider clock, CancellationToken cancellation)
    {
        var window = TimeSpan.FromMilliseconds(400);
        var deadline = TimeSpan.FromSeconds(60);
        var before = Sum(processes);
        await UntilAsync("background work to end", IsQuietAsync, TimeSpan.Zero, deadline, clock, cancellation);

        async Task<bool> IsQuietAsync()
        {
            await Task.Delay(window, clock, cancellation);
            var now = Sum(processes);
            var used = now - before;
            before = now;
            return used <= window / 20;
        }
    }

    /// <summary>The CPU time of all of them.</summary>
    public static TimeSpan Sum(IReadOnlyList<ChildProcess> processes) =>
        processes.Aggregate(TimeSpan.Zero, static (sum, process) => sum + process.CpuTime);
}
