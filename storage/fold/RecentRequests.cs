namespace Laurel.Storage;

/// <summary>
/// The outcomes of a season's recent requests, so that a repeated one is answered and not applied again. Keeps the last
/// <see cref="Kept"/>, none longer than <see cref="Retention"/>: a port gives up repeating long before.
/// </summary>
public sealed class RecentRequests
{
    /// <summary>How many are kept at the most: more than one season can answer while a port still repeats.</summary>
    public const int Kept = 1 << 18;

    /// <summary>How long one is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, RequestOutcome> _outcomes = [];
    private readonly Queue<(Guid Id, long At)> _order = [];

    /// <summary>How many are kept now.</summary>
    public int Count => _outcomes.Count;

    /// <summary>Looks a request up.</summary>
    public bool TryGet(Guid id, out RequestOutcome outcome) => _outcomes.TryGetValue(id, out outcome);

    internal void Add(Guid id, long at, RequestOutcome outcome)
    {
        if (_outcomes.TryAdd(id, outcome))
            _order.Enqueue((id, at));
        var oldest = at - (long)Retention.TotalMicroseconds;
        while (_order.TryPeek(out var first) && (first.At < oldest || _outcomes.Count > Kept))
            _outcomes.Remove(_order.Dequeue().Id);
    }

    /// <summary>Forgets a request that was rolled back. Its place in the order stays until it is old.</summary>
    internal void Remove(Guid id) => _outcomes.Remove(id);

    internal IEnumerable<(Guid Id, long At, byte[] Outcome)> All()
    {
        foreach (var (id, at) in _order)
        {
            if (_outcomes.TryGetValue(id, out var outcome))
                yield return (id, at, outcome.Bytes);
        }
    }
}

/// <summary>What a request was answered.</summary>
/// <param name="Sequence">The journal position at which the answer is durable.</param>
/// <param name="Bytes">The answer, as the grain wrote it.</param>
public readonly record struct RequestOutcome(long Sequence, byte[] Bytes);
