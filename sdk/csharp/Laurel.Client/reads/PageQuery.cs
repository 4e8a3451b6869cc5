using System.Globalization;

namespace Laurel.Client;

/// <summary>Which page of the standings.</summary>
public sealed class PageQuery
{
    /// <summary>The most places, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>How many places to pass over.</summary>
    public int Offset { get; init; }

    /// <summary>The window, such as <c>2025-W47</c>; null for the present one, or the last one while that is empty.</summary>
    public string? WindowKey { get; init; }

    /// <summary>Whether ties share the best rank (1, 2, 2, 4) instead of being numbered by their order.</summary>
    public bool SharedRanks { get; init; }

    internal string ToText() => Addresses.Query(
        ("limit", Limit.ToString(CultureInfo.InvariantCulture)),
        ("offset", Offset == 0 ? null : Offset.ToString(CultureInfo.InvariantCulture)),
        ("window_key", WindowKey),
        ("ranks", SharedRanks ? "standard" : null));
}
