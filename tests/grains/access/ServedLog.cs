namespace Laurel.Grains.Tests;

/// <summary>When requests were served: the naive truth about a rate limit.</summary>
internal sealed class ServedLog
{
    private readonly Lock _lock = new();
    private readonly List<DateTimeOffset> _times = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _times.Count;
        }
    }

    public void Add(DateTimeOffset at)
    {
        lock (_lock)
            _times.Add(at);
    }

    /// <summary>How many were served in an interval that begins at one of them and is so long, its end not included: the most there are.</summary>
    public int MostWithin(TimeSpan interval)
    {
        lock (_lock)
        {
            var times = _times.Order().ToArray();
            return times.Select((from, index) => times.Skip(index).TakeWhile(at => at < from + interval).Count()).DefaultIfEmpty().Max();
        }
    }
}
