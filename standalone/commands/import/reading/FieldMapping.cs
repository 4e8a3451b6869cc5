namespace Laurel.Standalone.Commands;

/// <summary>Which columns, or members of a JSON object, hold what. Where none is named, the first usual name that is there is taken.</summary>
internal sealed record FieldMapping
{
    /// <summary>What can be mapped, as <c>--map</c> names it.</summary>
    public static readonly string[] Fields = ["user", "score", "timestamp", "name", "metadata"];

    private static readonly string[] UsualUsers = ["user_id", "userId", "user", "player_id", "playerId", "id"];
    private static readonly string[] UsualScores = ["score", "points", "value"];
    private static readonly string[] UsualTimestamps = ["timestamp", "achieved_at", "achievedAt", "date"];
    private static readonly string[] UsualNames = ["name", "display_name", "displayName", "username"];
    private static readonly string[] UsualMetadata = ["metadata"];

    /// <summary>Whose names are usual; null for those that files have of themselves.</summary>
    public KnownExport? Export { get; init; }

    /// <summary>By field, the column asked for. An empty column stands for none.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; init; } = new Dictionary<string, string>();

    /// <summary>The score of every line; null when lines say it themselves.</summary>
    public double? Score { get; init; }

    /// <summary>Where the user id stands.</summary>
    public IReadOnlyList<string> User => NamesOf("user", Export?.User ?? UsualUsers);

    /// <summary>Where the score stands; empty when it is constant.</summary>
    public IReadOnlyList<string> ScoreNames => Score is null ? NamesOf("score", Export?.Score ?? UsualScores) : [];

    /// <summary>Where the timestamp stands.</summary>
    public IReadOnlyList<string> Timestamp => NamesOf("timestamp", Export?.Timestamp ?? UsualTimestamps);

    /// <summary>Where the name stands.</summary>
    public IReadOnlyList<string> Name => NamesOf("name", Export?.PlayerName ?? UsualNames);

    /// <summary>Where the metadata stand.</summary>
    public IReadOnlyList<string> Metadata => NamesOf("metadata", Export?.Metadata ?? UsualMetadata);

    /// <summary>The mapping as text: the same text, the same mapping.</summary>
    public override string ToString()
    {
        var named = Asked.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}");
        var parts = Export is null ? named : named.Prepend($"from {Export.Name}");
        return string.Join(", ", Score is { } score ? parts.Append(FormattableString.Invariant($"score {score:R}")) : parts);
    }

    /// <summary>Whether a column was asked for by name.</summary>
    public bool Asks(string field) => Asked.ContainsKey(field);

    private IReadOnlyList<string> NamesOf(string field, IReadOnlyList<string> usual)
    {
        if (!Asked.TryGetValue(field, out var column))
            return usual;
        return column.Length > 0 ? [column] : [];
    }
}
