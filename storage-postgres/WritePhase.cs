using Laurel.Storage.Writing;

namespace Laurel.Storage.Postgres;

/// <summary>
/// A part of a group that may be executed kind by kind: all its appends, then all commits of records, then the rest in order.
/// </summary>
/// <remarks>
/// Only requests of one journal have an order among them, and so have commits of records. So an append may overtake what came before it
/// unless that concerns its journal, or is an opening, whose journal's number is not known yet: then the next phase begins.
/// </remarks>
internal sealed class WritePhase
{
    private readonly HashSet<long> _journals = [];
    private bool _opens;

    public List<WriteRequest.Append> Appends { get; } = [];

    public List<WriteRequest.Records> Records { get; } = [];

    public List<WriteRequest> Others { get; } = [];

    /// <summary>Divides a group.</summary>
    public static IEnumerable<WritePhase> Of(IReadOnlyList<WriteRequest> group)
    {
        var phase = new WritePhase();
        foreach (var request in group)
        {
            if (request is WriteRequest.Append append && phase.MustFollow(append))
            {
                yield return phase;
                phase = new WritePhase();
            }

            phase.Add(request);
        }

        yield return phase;
    }

    private bool MustFollow(WriteRequest.Append append) => _opens || _journals.Contains(append.What.Head.Id);

    private void Add(WriteRequest request)
    {
        switch (request)
        {
            case WriteRequest.Append append:
                Appends.Add(append);
                return;
            case WriteRequest.Records records:
                Records.Add(records);
                return;
            case WriteRequest.Open:
                _opens = true;
                break;
            case WriteRequest.Slice slice:
                _journals.Add(slice.Head.Id);
                break;
            case WriteRequest.Snapshot snapshot:
                _journals.Add(snapshot.Head.Id);
                break;
            case WriteRequest.Truncate truncate:
                _journals.Add(truncate.Head.Id);
                break;
        }

        Others.Add(request);
    }
}
