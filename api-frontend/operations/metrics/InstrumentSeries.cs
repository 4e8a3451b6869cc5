using System.Diagnostics.Metrics;

namespace Laurel.ApiFrontend;

/// <summary>One instrument and all its series. There are at most <see cref="MaxSeries"/>; what comes after shares one more.</summary>
internal sealed class InstrumentSeries
{
    /// <summary>How many sets of labels are told apart.</summary>
    public const int MaxSeries = 200;

    private static readonly double[] UsualSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] UsualOthers = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000];

    private readonly Lock _growing = new();
    private readonly Action<Series, double> _record;
    private Series[] _all = [];
    private Series? _others;

    public InstrumentSeries(Instrument instrument)
    {
        var definition = instrument.GetType().GetGenericTypeDefinition();
        var isHistogram = definition == typeof(Histogram<>);
        var isCounter = definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>);
        Kind = isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
        Bounds = isHistogram ? BoundsOf(instrument) : [];
        Name = MetricNames.Of(instrument) + (isCounter ? "_total" : "");
        Help = instrument.Description ?? "";

        var adds = definition == typeof(Counter<>) || definition == typeof(UpDownCounter<>);
        _record = isHistogram
            ? static (series, value) => series.Observe(value)
            : adds
                ? static (series, value) => series.Add(value)
                : static (series, value) => series.Set(value);
    }

    /// <summary>The name in Prometheus' form.</summary>
    public string Name { get; }

    /// <summary>counter, gauge or histogram.</summary>
    public string Kind { get; }

    /// <summary>What it measures.</summary>
    public string Help { get; }

    /// <summary>A histogram's upper bounds.</summary>
    public double[] Bounds { get; }

    /// <summary>The series there are now.</summary>
    public ReadOnlySpan<Series> All => Volatile.Read(ref _all);

    /// <summary>Takes a measurement in. Finds known labels without a lock or an allocation.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _record(Find(tags) ?? Grow(tags), value);

    private Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in All)
        {
            if (series.Labels.Match(tags))
                return series;
        }

        return null;
    }

    private Series Grow(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_growing)
        {
            if (Find(tags) is { } known)
                return known;
            if (_others is not null)
                return _others;

            var overflows = _all.Length == MaxSeries;
            var series = new Series(new SeriesLabels(overflows ? [new("overflow", "true")] : tags), Bounds);
            if (overflows)
                _others = series;
            Volatile.Write(ref _all, [.. _all, series]);
            return series;
        }
    }

    private static double[] BoundsOf(Instrument instrument)
    {
        var advised = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.ToArray(),
            Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(static bound => (double)bound).ToArray(),
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(static bound => (double)bound).ToArray(),
            _ => null,
        };
        return advised ?? (instrument.Unit == "s" ? UsualSeconds : UsualOthers);
    }
}
