using System.Diagnostics.Metrics;

namespace Laurel.ApiFrontend;

/// <summary>What the frontend counts. All labels come from small fixed sets.</summary>
internal sealed class FrontendMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Laurel.Frontend";

    private static readonly double[] DurationBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] BatchBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
    private static readonly string[] StatusClasses = ["1xx", "2xx", "3xx", "4xx", "5xx"];

    private readonly Histogram<double> _durations;
    private readonly Histogram<int> _batches;
    private readonly Counter<long> _scores;
    private readonly Counter<long> _rateLimited;
    private readonly UpDownCounter<int> _viewers;
    private readonly Counter<long> _viewersDropped;
    private long _keysFromMemory;
    private long _keysAskedFor;

    public FrontendMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _durations = meter.CreateHistogram(
            "laurel.request.duration", "s", "Time from a request's arrival to the end of its answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBounds });
        _batches = meter.CreateHistogram(
            "laurel.batch.size", "{score}", "Scores in a submission.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [.. BatchBounds.Select(static bound => (int)bound)] });
        _scores = meter.CreateCounter<long>("laurel.scores", "{score}", "Submitted scores by what became of them.");
        _rateLimited = meter.CreateCounter<long>("laurel.rate_limited", "{request}", "Requests refused by a rate limit.");
        _viewers = meter.CreateUpDownCounter<int>("laurel.viewers", "{viewer}", "Connections that follow a board live.");
        _viewersDropped = meter.CreateCounter<long>("laurel.viewers_dropped", "{viewer}", "Viewers that did not read what they were sent.");
        meter.CreateObservableCounter(
            "laurel.key_cache", ObserveKeys, "{lookup}", "Key verifications, by whether the key's record was at hand.");
    }

    /// <summary>A request of that family was answered.</summary>
    public void RequestEnded(string family, int status, TimeSpan duration) =>
        _durations.Record(
            duration.TotalSeconds, new("family", family), new("status", StatusClasses[Math.Clamp(status / 100 - 1, 0, StatusClasses.Length - 1)]));

    /// <summary>A submission came in.</summary>
    public void Submitted(int scores, string family) => _batches.Record(scores, new KeyValuePair<string, object?>("family", family));

    /// <summary>This became of some scores.</summary>
    public void ScoresEnded(int scores, string status) => _scores.Add(scores, new KeyValuePair<string, object?>("status", status));

    /// <summary>A request was refused by its key's rate limit.</summary>
    public void RateLimited(string family) => _rateLimited.Add(1, new KeyValuePair<string, object?>("family", family));

    /// <summary>Somebody follows a board live.</summary>
    public void ViewerCame() => _viewers.Add(1);

    /// <summary>And does no more.</summary>
    public void ViewerLeft() => _viewers.Add(-1);

    /// <summary>A viewer was dropped because it did not read.</summary>
    public void ViewerDropped(string family) => _viewersDropped.Add(1, new KeyValuePair<string, object?>("family", family));

    /// <summary>A key was verified without asking.</summary>
    public void KeyFromMemory() => Interlocked.Increment(ref _keysFromMemory);

    /// <summary>A key's record had to be asked for.</summary>
    public void KeyAskedFor() => Interlocked.Increment(ref _keysAskedFor);

    private IEnumerable<Measurement<long>> ObserveKeys() =>
    [
        new(Volatile.Read(ref _keysFromMemory), new KeyValuePair<string, object?>("result", "hit")),
        new(Volatile.Read(ref _keysAskedFor), new KeyValuePair<string, object?>("result", "miss")),
    ];
}
