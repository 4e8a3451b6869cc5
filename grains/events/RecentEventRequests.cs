namespace Laurel.Grains;

/// <summary>
/// The requests accepted lately, so that a repeated one is answered as it was the first time. None is kept longer than a port repeats it,
/// and none keeps its events.
/// </summary>
internal sealed class RecentEventRequests
{
    /// <summary>How many are kept at the most: more than an intake can accept while a port still repeats.</summary>
    public const int Most = 1 << 16;

    private const long RetentionMicros = 60_000_000;

    private readonly Dictionary<Guid, AcceptedEvents> _requests = [];
    private readonly Queue<(Guid Id, long At)> _order = [];

    /// <summary>All that are kept.</summary>
    public IReadOnlyCollection<AcceptedEvents> All => _requests.Values;

    public AcceptedEvents? Find(Guid request) => _requests.GetValueOrDefault(request);

    public void Add(AcceptedEvents request)
    {
        if (_requests.TryAdd(request.RequestId, request with { Events = [] }))
            _order.Enqueue((request.RequestId, request.AcceptedAt));
        while (_order.TryPeek(out var first) && (first.At < request.AcceptedAt - RetentionMicros || _order.Count > Most))
            _requests.Remove(_order.Dequeue().Id);
    }

    /// <summary>Forgets a request that was not stored after all.</summary>
    public void Remove(Guid request) => _requests.Remove(request);
}
