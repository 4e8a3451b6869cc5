namespace Laurel.Ranking;

/// <summary>The paths that a board's rules speak of, each once, numbered: whoever supplies attributes resolves them once per board.</summary>
public sealed class PathTable
{
    private const string Attributes = "attributes";

    private readonly List<string> _paths = [];

    /// <summary>The paths by number.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>The path's number. <c>attributes.x</c> is another spelling of <c>attrs.x</c>, as it is in events.</summary>
    public int NumberOf(string path)
    {
        if (path.StartsWith(Attributes, StringComparison.Ordinal) && (path.Length == Attributes.Length || path[Attributes.Length] == '.'))
            path = string.Concat("attrs", path.AsSpan(Attributes.Length));
        var known = _paths.IndexOf(path);
        if (known >= 0)
            return known;
        _paths.Add(path);
        return _paths.Count - 1;
    }
}
