namespace Laurel.Bench.Macro;

/// <summary>An endpoint that takes submissions, and what it took for them in the rounds so far.</summary>
/// <param name="name">As it is shown.</param>
/// <param name="plan">Its address; sizes are filled in by whoever runs it.</param>
/// <param name="processes">Those that do the work, the one that answers HTTP first.</param>
internal sealed class Contestant(string name, LoadPlan plan, IReadOnlyList<ChildProcess> processes)
{
    private readonly List<LoadResult> _results = [];
    private readonly TimeSpan[] _cpu = new TimeSpan[processes.Count];

    /// <summary>As it is shown.</summary>
    public string Name => name;

    /// <summary>
    /// CPU seconds per million scores of all its processes: over all rounds, because work that comes now and then, such as
    /// snapshots, belongs to the price of the scores between.
    /// </summary>
    public double CpuSecondsPerMillion => _cpu.Sum(static time => time.TotalSeconds) / Scores * 1e6;

    /// <summary>The same for the one that answers HTTP.</summary>
    public double HttpCpuSecondsPerMillion => _cpu[0].TotalSeconds / Scores * 1e6;

    /// <summary>The median of the rounds.</summary>
    public double ScoreRate => Median(static result => result.ScoreRate);

    /// <inheritdoc cref="ScoreRate"/>
    public double RequestRate => Median(static result => result.RequestRate);

    /// <summary>The median of the rounds' medians, in milliseconds.</summary>
    public double MedianLatency => Median(static result => result.Median);

    /// <summary>The median of the rounds' 99th percentiles, in milliseconds.</summary>
    public double P99Latency => Median(static result => result.P99);

    private long Scores => _results.Sum(static result => result.Scores);

    /// <summary>Runs it once; when it does not count, its code is compiled and its caches are warm afterwards.</summary>
    public async Task RunAsync(MacroContext context, LoadShape shape, int seed, bool counts)
    {
        var before = processes.Select(static process => process.CpuTime).ToArray();
        var result = await context.Load.RunAsync(
            plan with
            {
                Requests = shape.Requests,
                BatchSize = shape.BatchSize,
                Connections = shape.Connections,
                Subjects = context.Settings.Subjects,
                Seed = seed,
            },
            context.Cancellation);
        await Waiting.UntilQuietAsync(processes, context.Clock, context.Cancellation);
        if (!counts)
            return;

        _results.Add(result);
        for (var i = 0; i < processes.Count; i++)
            _cpu[i] += processes[i].CpuTime - before[i];
    }

    private double Median(Func<LoadResult, double> value) => Figures.Median(_results.Select(value));
}

/// <summary>What all contestants are loaded with.</summary>
/// <param name="Requests">Of each turn.</param>
/// <param name="BatchSize">Scores of a request.</param>
/// <param name="Connections">Requests under way at a time.</param>
internal readonly record struct LoadShape(long Requests, int BatchSize, int Connections);
