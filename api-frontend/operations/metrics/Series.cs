namespace Laurel.ApiFrontend;

/// <summary>One instrument's values under one set of labels, written by many threads.</summary>
/// <param name="labels">Its labels.</param>
/// <param name="bounds">A histogram's upper bounds, rising; empty for anything else.</param>
internal sealed class Series(SeriesLabels labels, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;

    /// <summary>Its labels.</summary>
    public SeriesLabels Labels { get; } = labels;

    /// <summary>The last value set, the sum of those added, or the sum of those a histogram has seen.</summary>
    public double Value => Volatile.Read(ref _sum);

    /// <summary>Takes the place of the value.</summary>
    public void Set(double value) => Volatile.Write(ref _sum, value);

    /// <summary>Adds to the value.</summary>
    public void Add(double value)
    {
        var seen = Volatile.Read(ref _sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }

    /// <summary>Counts a histogram's value.</summary>
    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Add(value);
    }

    /// <summary>How many values a histogram's bucket has seen, without those of smaller buckets; the last one has no upper bound.</summary>
    public long CountIn(int bucket) => Volatile.Read(ref _buckets[bucket]);
}
