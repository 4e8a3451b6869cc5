using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>The entries of one request: those that keep the rules go to a season, the others are answered at once.</summary>
internal sealed class Submission
{
    /// <summary>The most entries of a request.</summary>
    public const int MostEntries = 1000;

    private readonly List<EntryFields> _good = [];
    private readonly List<int> _places = [];
    private readonly SubmissionResult[] _results;

    private readonly long _receivedAt;

    private Submission(int count, long receivedAt) => (_results, _receivedAt) = (new SubmissionResult[count], receivedAt);

    /// <summary>How many entries go to a season.</summary>
    public int Count => _good.Count;

    /// <summary>Reads a request's body; null when the body itself, rather than an entry in it, has mistakes.</summary>
    /// <param name="body">The body.</param>
    /// <param name="receivedAt">When the request arrived, microseconds since the Unix epoch: what an entry without timestamp gets.</param>
    /// <param name="tolerance">How much later than that a timestamp may be, in microseconds.</param>
    public static Submission? Read(ObjectReader body, long receivedAt, long tolerance)
    {
        var list = body.Element("entries");
        body.RefuseOthers();
        if (list is not { ValueKind: JsonValueKind.Array } entries || entries.GetArrayLength() is 0 or > MostEntries)
        {
            body.Add("entries", $"entries must be an array of 1 to {MostEntries} entries");
            return null;
        }

        var submission = new Submission(entries.GetArrayLength(), receivedAt);
        var place = 0;
        foreach (var entry in entries.EnumerateArray())
            submission.Add(entry, place++, receivedAt + tolerance);
        return body.Mistakes.Count == 0 ? submission : null;
    }

    /// <summary>The entries that keep the rules, for a season.</summary>
    /// <param name="requestId">The same for each attempt.</param>
    /// <param name="sentAt">Decides the season; microseconds since the Unix epoch.</param>
    public ScoreBatch ToBatch(Guid requestId, long sentAt)
    {
        var ids = new byte[_good.Sum(entry => Encoding.UTF8.GetByteCount(entry.UserId))];
        var ends = new int[Count];
        var end = 0;
        for (var i = 0; i < Count; i++)
            ends[i] = end += Encoding.UTF8.GetBytes(_good[i].UserId, ids.AsSpan(end));

        return new ScoreBatch
        {
            RequestId = requestId,
            ReceivedAt = sentAt,
            Ids = ids,
            IdEnds = ends,
            Scores = [.. _good.Select(entry => entry.Score)],
            AchievedAt = [.. _good.Select(entry => entry.Timestamp ?? _receivedAt)],
            Extras = _good.Any(entry => entry.Extra is not null) ? [.. _good.Select(entry => entry.Extra)] : null,
            WantStandings = true,
        };
    }

    /// <summary>All results when a season took the good entries.</summary>
    public SubmissionResult[] Merge(ScoreOutcomes outcomes)
    {
        for (var i = 0; i < Count; i++)
            _results[_places[i]] = SubmissionResult.Of(outcomes.Statuses?[i] ?? ScoreStatus.Applied, outcomes.Standings![i]);
        return _results;
    }

    /// <summary>All results when no season takes the good entries.</summary>
    public SubmissionResult[] Refuse(ScoreStatus status)
    {
        foreach (var place in _places)
            _results[place] = SubmissionResult.Failed(status);
        return _results;
    }

    private void Add(JsonElement element, int place, long latest)
    {
        List<Mistake> mistakes = [];
        if (element.ValueKind != JsonValueKind.Object)
            mistakes.Add(new("", "An entry must be an object"));
        var entry = EntryFields.Read(new ObjectReader(element, "", mistakes));
        if (entry.Timestamp > latest)
            mistakes.Add(new("timestamp", "timestamp must not be in the future"));
        if (mistakes.Count > 0)
        {
            _results[place] = SubmissionResult.Failed(ScoreStatus.Validation, mistakes[0].Message);
            return;
        }

        _good.Add(entry);
        _places.Add(place);
    }
}
