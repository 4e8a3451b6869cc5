namespace Laurel.Client;

/// <summary>The rows of a followed part, changed by each message.</summary>
internal sealed class LiveState
{
    private readonly LiveQuery _query;
    private readonly int _first;
    private Dictionary<string, LiveRow> _byUser = [];
    private LiveUpdate? _shown;

    public LiveState(LiveQuery query) => (_query, _first) = (query, (query.Page - 1) * query.PageSize);

    /// <summary>Takes a message over.</summary>
    /// <returns>What is to be told; null when nothing has changed.</returns>
    /// <exception cref="FormatException">It is no message of a live board.</exception>
    public LiveUpdate? Apply(LaurelJson message) => message.RequiredText("type") switch
    {
        "snapshot" when IsAsked(message) => Replace(message),
        "update" when _shown is not null => Change(message),
        "window_closed" when _shown is not null => new(
            _shown.WindowKey, _shown.Sequence, _shown.Total, _shown.Rows, [], new LiveClosing(message)),
        _ => null,
    };

    /// <summary>A socket begins with another part, before it was told which.</summary>
    private bool IsAsked(LaurelJson message) => message.Whole("page") == _query.Page && message.Whole("page_size") == _query.PageSize;

    private bool IsWithin(int rank) => rank > _first && rank <= _first + _query.PageSize;

    private LiveUpdate? Replace(LaurelJson message)
    {
        var before = _byUser;
        var isSameWindow = _shown?.WindowKey == message.Text("window_key");
        // A socket's first page may be shown once more under the name of the one just asked for.
        _byUser = message.RequiredList("entries", LiveRow.Read).Where(row => IsWithin(row.Rank)).ToDictionary(static row => row.UserId);
        List<LiveChange> changes = [];
        if (_shown is not null)
        {
            changes.AddRange(before.Values.Where(row => !_byUser.ContainsKey(row.UserId)).Select(static row => LiveChange.Of(row, null)));
            foreach (var row in Sorted())
            {
                var was = isSameWindow && before.TryGetValue(row.UserId, out var known) ? known : null;
                if (was != row)
                    changes.Add(LiveChange.Of(was, row));
            }

            if (changes.Count == 0 && isSameWindow && _shown.Total == message.Whole("total"))
                return null;
        }

        return Show(message, changes);
    }

    private LiveUpdate Change(LaurelJson message)
    {
        var changes = message.RequiredList("changes", LiveChange.Read);
        foreach (var change in changes)
        {
            if (change is { Rank: { } rank, Score: { } score } && IsWithin(rank))
                _byUser[change.UserId] = new LiveRow(rank, change.UserId, change.Name, score);
            else
                _byUser.Remove(change.UserId);
        }

        return Show(message, changes);
    }

    private LiveUpdate Show(LaurelJson message, IReadOnlyList<LiveChange> changes) =>
        _shown = new(message.Text("window_key"), message.RequiredSequence("sequence"), message.RequiredWhole("total"), Sorted(), changes, null);

    private LiveRow[] Sorted() => [.. _byUser.Values.OrderBy(static row => row.Rank)];
}
