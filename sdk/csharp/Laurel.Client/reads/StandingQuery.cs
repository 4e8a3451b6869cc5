using System.Globalization;

namespace Laurel.Client;

/// <summary>In which window a player is looked up, and how ties are numbered.</summary>
public sealed class StandingQuery
{
    /// <summary>The window, such as <c>2025-W47</c>; null for the present one, or the last one while that is empty.</summary>
    public string? WindowKey { get; init; }

    /// <summary>Whether ties share the best rank (1, 2, 2, 4) instead of being numbered by their order.</summary>
    public bool SharedRanks { get; init; }

    internal string ToText(int? neighbours = null) => Addresses.Query(
        ("around", neighbours?.ToString(CultureInfo.InvariantCulture)), ("window_key", WindowKey), ("ranks", SharedRanks ? "standard" : null));
}
