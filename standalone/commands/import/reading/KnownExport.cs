namespace Laurel.Standalone.Commands;

/// <summary>What the columns are called in the exports of another product.</summary>
internal sealed record KnownExport
{
    /// <summary>
    /// Nakama's table <c>leaderboard_record</c>, as <c>COPY … TO … CSV HEADER</c> writes it, or the records of its API. One table holds
    /// the records of all leaderboards. A subscore has no place on a board and is left out.
    /// </summary>
    public static readonly KnownExport Nakama = new()
    {
        Name = "nakama",
        User = ["owner_id", "ownerId"],
        Score = ["score"],
        Timestamp = ["update_time", "updateTime"],
        PlayerName = ["username"],
        Metadata = ["metadata"],
        Board = ["leaderboard_id", "leaderboardId"],
    };

    /// <summary>PlayFab's leaderboards and statistics, by the names that its API and its tables have for them.</summary>
    public static readonly KnownExport PlayFab = new()
    {
        Name = "playfab",
        User = ["PlayFabId", "PlayerId", "EntityId", "Entity.Id", "Entity Id"],
        Score = ["StatValue", "StatisticValue", "Scores", "Score", "Value"],
        Timestamp = ["LastUpdated", "Timestamp"],
        PlayerName = ["DisplayName", "Profile.DisplayName"],
        Metadata = ["Metadata"],
        Board = ["StatisticName", "LeaderboardName"],
    };

    /// <summary>As <c>--from</c> names it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> User { get; init; }

    public required IReadOnlyList<string> Score { get; init; }

    public required IReadOnlyList<string> Timestamp { get; init; }

    public required IReadOnlyList<string> PlayerName { get; init; }

    public required IReadOnlyList<string> Metadata { get; init; }

    /// <summary>What a line's leaderboard is called: a file that says it may hold several.</summary>
    public required IReadOnlyList<string> Board { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownExport> All { get; } = [Nakama, PlayFab];
}
