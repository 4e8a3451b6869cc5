using System.Globalization;

namespace Laurel.Client;

/// <summary>Which ended windows.</summary>
public sealed class SnapshotQuery
{
    /// <summary>Those that end after this moment; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those that start before this moment; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The most, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;

    internal string ToText() => Addresses.Query(("from", TextOf(From)), ("to", TextOf(To)), ("limit", Limit.ToString(CultureInfo.InvariantCulture)));

    private static string? TextOf(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
