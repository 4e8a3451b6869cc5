namespace Laurel.ApiFrontend;

/// <summary>What a tenant key may be allowed to do.</summary>
internal static class Scopes
{
    public const string LeaderboardsRead = "leaderboards:read";
    public const string LeaderboardsWrite = "leaderboards:write";
    public const string ScoresWrite = "scores:write";
    public const string PlayersWrite = "players:write";
    public const string KeysWrite = "keys:write";
    public const string EventsWrite = "events:write";

    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<string> All =
        [LeaderboardsRead, LeaderboardsWrite, ScoresWrite, PlayersWrite, KeysWrite, EventsWrite];
}
