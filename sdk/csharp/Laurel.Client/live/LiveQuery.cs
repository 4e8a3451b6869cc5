namespace Laurel.Client;

/// <summary>Which part of a board is followed.</summary>
public sealed class LiveQuery
{
    /// <summary>How many places, 1 to 1000.</summary>
    public int PageSize { get; init; } = 10;

    /// <summary>Which page of that many places, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Is told when the connection is there (true) and when it has broken (false).</summary>
    public Action<bool>? ConnectionChanged { get; init; }
}
