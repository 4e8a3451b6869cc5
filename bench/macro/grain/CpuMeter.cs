namespace Laurel.Bench.Macro;

/// <summary>
/// Measures what work costs in CPU time of this process: unlike the time on the wall it hardly changes with what else the machine does.
/// The work must be the only one here.
/// </summary>
internal sealed class CpuMeter(double seconds, TimeProvider clock, CancellationToken cancellation)
{
    // The first part compiles the code, and does not count.
    private const double WarmUp = 0.5;

    /// <summary>Repeats work that returns how many scores it was for.</summary>
    /// <returns>Nanoseconds per score.</returns>
    public double Measure(Func<int> work)
    {
        Repeat(work, seconds * WarmUp);
        var before = Environment.CpuUsage.TotalTime;
        var scores = Repeat(work, seconds);
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / scores;
    }

    /// <summary>The same for work that waits, done by several at a time.</summary>
    /// <param name="workers">How many.</param>
    /// <param name="work">Gets the worker's number.</param>
    public async Task<double> MeasureAsync(int workers, Func<int, Task<int>> work)
    {
        await RepeatAsync(workers, work, seconds * WarmUp);
        var before = Environment.CpuUsage.TotalTime;
        var scores = await RepeatAsync(workers, work, seconds);
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / scores;
    }

    private long Repeat(Func<int> work, double forSeconds)
    {
        var scores = 0L;
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since).TotalSeconds < forSeconds;)
        {
            cancellation.ThrowIfCancellationRequested();
            scores += work();
        }

        return scores;
    }

    private async Task<long> RepeatAsync(int workers, Func<int, Task<int>> work, double forSeconds)
    {
        var since = clock.GetTimestamp();
        var sums = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var scores = 0L;
            while (clock.GetElapsedTime(since).TotalSeconds < forSeconds)
            {
                cancellation.ThrowIfCancellationRequested();
                scores += await work(worker);
            }

            return scores;
        })));
        return sums.Sum();
    }
}
