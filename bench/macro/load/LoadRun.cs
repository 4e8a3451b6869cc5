using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.Bench.Macro;

/// <summary>Carries out one plan: its connections take the next request's number, wait until it is due, send it and check the answer.</summary>
internal sealed class LoadRun(LoadPlan plan, TimeProvider clock)
{
    private const int ShownBytes = 300;

    private readonly byte[] _expected = Encoding.UTF8.GetBytes(plan.Expected);
    private readonly List<long>[] _latencies = [.. Enumerable.Range(0, plan.Connections).Select(_ => new List<long>())];
    private long _taken;
    private long _answered;
    private long _startedAt;
    private volatile bool _failed;

    /// <summary>Requests answered so far.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Runs it.</summary>
    /// <exception cref="IOException">An answer was not what the plan expects, or a connection broke.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellation)
    {
        var connections = new List<HttpConnection>();
        try
        {
            for (var i = 0; i < plan.Connections; i++)
            {
                connections.Add(new HttpConnection());
                await connections[i].ConnectAsync(plan.Port, cancellation);
            }

            _startedAt = clock.GetTimestamp();
            await Task.WhenAll(connections.Select((connection, index) => Task.Run(() => DriveAsync(connection, index, cancellation), cancellation)));
            return Sum(clock.GetElapsedTime(_startedAt));
        }
        finally
        {
            foreach (var connection in connections)
                connection.Dispose();
        }
    }

    private async Task DriveAsync(HttpConnection connection, int index, CancellationToken cancellation)
    {
        var request = new ScoreRequest(plan, HashCode.Combine(plan.Seed, index));
        while (true)
        {
            var number = Interlocked.Increment(ref _taken) - 1;
            if (IsOver(number))
                return;
            await WaitUntilDueAsync(number, cancellation);

            var bytes = request.Make(number, Timestamps.Now(clock));
            var sentAt = clock.GetTimestamp();
            var answer = await connection.ExchangeAsync(bytes, cancellation);
            _latencies[index].Add(clock.GetTimestamp() - sentAt);
            Check(answer);
            Interlocked.Increment(ref _answered);
        }
    }

    private bool IsOver(long number) =>
        _failed || (plan.Requests > 0 ? number >= plan.Requests : clock.GetElapsedTime(_startedAt).TotalSeconds >= plan.Seconds);

    private Task WaitUntilDueAsync(long number, CancellationToken cancellation)
    {
        if (plan.Rate == 0)
            return Task.CompletedTask;
        var wait = TimeSpan.FromSeconds(number / plan.Rate) - clock.GetElapsedTime(_startedAt);
        // Timers count in milliseconds.
        return wait < TimeSpan.FromMilliseconds(1) ? Task.CompletedTask : Task.Delay(wait, clock, cancellation);
    }

    private void Check(in HttpAnswer answer)
    {
        var beginning = answer.Body.Span[..Math.Min(answer.Body.Length, ShownBytes)];
        if (answer.Status == 200 && beginning.IndexOf(_expected) >= 0)
            return;
        _failed = true;
        throw new IOException($"{plan.Path} answered {answer.Status}: {Encoding.UTF8.GetString(beginning)}");
    }

    private LoadResult Sum(TimeSpan elapsed)
    {
        long[] all = [.. _latencies.SelectMany(static latencies => latencies)];
        Array.Sort(all);
        return new LoadResult(
            all.Length, (long)all.Length * plan.BatchSize, elapsed.TotalSeconds, At(all, 0.5), At(all, 0.99), At(all, 1));
    }

    private double At(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : clock.GetElapsedTime(0, sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))]).TotalMilliseconds;
}
