using System.Buffers.Binary;

namespace Laurel.Storage;

/// <summary>
/// The outcomes of a season's recent requests, so that a repeated one is answered and not applied again. Keeps the last
/// <see cref="Kept"/>, none longer than <see cref="Retention"/>: a port gives up repeating long before.
/// </summary>
/// <remarks>
/// A request may still arrive after that, out of the buffers of a connection that was cut off. So of each process that counts its
/// requests (ids that are UUIDs of version 8: the first half is the process', the second counts) the last one that was forgotten is
/// kept: what it sent up to there may have been applied, whatever the clocks say.
/// </remarks>
public sealed class RecentRequests
{
    /// <summary>How many are kept at the most: more than one season can answer while a port still repeats.</summary>
    public const int Kept = 1 << 18;

    /// <summary>Of how many processes the last forgotten request is kept: more than there are in a year.</summary>
    public const int KeptProcesses = 1 << 12;

    /// <summary>How long one is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromSeconds(30);

    private const int CountingVersion = 8;

    private readonly Dictionary<Guid, RequestOutcome> _outcomes = [];
    private readonly Queue<(Guid Id, long At)> _order = [];
    private readonly Dictionary<ulong, (Guid Last, long At)> _forgotten = [];

    /// <summary>How many are kept now.</summary>
    public int Count => _outcomes.Count;

    /// <summary>Looks a request up.</summary>
    public bool TryGet(Guid id, out RequestOutcome outcome) => _outcomes.TryGetValue(id, out outcome);

    /// <summary>Whether it may have been applied once, too long ago to know.</summary>
    public bool MayBeForgotten(Guid id) =>
        id.Version == CountingVersion
        && _forgotten.TryGetValue(ProcessOf(id), out var forgotten)
        && id.CompareTo(forgotten.Last) <= 0
        && !_outcomes.ContainsKey(id);

    internal void Add(Guid id, long at, RequestOutcome outcome)
    {
        if (_outcomes.TryAdd(id, outcome))
            _order.Enqueue((id, at));
        var oldest = at - (long)Retention.TotalMicroseconds;
        while (_order.TryPeek(out var first) && (first.At < oldest || _outcomes.Count > Kept))
        {
            _order.Dequeue();
            if (_outcomes.Remove(first.Id))
                Forget(first.Id, at);
        }
    }

    /// <summary>It and what its process sent before was applied long ago, if ever.</summary>
    internal void Forget(Guid id, long at)
    {
        if (id.Version != CountingVersion)
            return;
        var process = ProcessOf(id);
        if (_forgotten.TryGetValue(process, out var known))
            id = id.CompareTo(known.Last) > 0 ? id : known.Last;
        else if (_forgotten.Count == KeptProcesses)
            _forgotten.Remove(_forgotten.MinBy(static one => one.Value.At).Key);
        _forgotten[process] = (id, at);
    }

    /// <summary>Takes a request back that was rolled back. Its place in the order stays until it is old.</summary>
    internal void Remove(Guid id) => _outcomes.Remove(id);

    internal IEnumerable<(Guid Id, long At, byte[] Outcome)> All()
    {
        foreach (var (id, at) in _order)
        {
            if (_outcomes.TryGetValue(id, out var outcome))
                yield return (id, at, outcome.Bytes);
        }
    }

    /// <summary>The last forgotten request of each process.</summary>
    internal IEnumerable<Guid> AllForgotten() => _forgotten.Values.Select(static one => one.Last);

    private static ulong ProcessOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}

/// <summary>What a request was answered.</summary>
/// <param name="Sequence">The journal position at which the answer is durable.</param>
/// <param name="Bytes">The answer, as the grain wrote it.</param>
public readonly record struct RequestOutcome(long Sequence, byte[] Bytes);
