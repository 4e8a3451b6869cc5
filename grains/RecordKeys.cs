using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>The keys of the small records: one place that says where everything lies. Released forms never change.</summary>
public static class RecordKeys
{
    /// <summary>All tenants.</summary>
    public const string Tenants = "tenant/";

    /// <summary>All leaderboards of all tenants.</summary>
    public const string Leaderboards = "leaderboard/";

    /// <summary>A tenant's record.</summary>
    public static string Tenant(string tenant) => $"{Tenants}{tenant}";

    /// <summary>A leaderboard's record.</summary>
    public static string Leaderboard(LeaderboardKey key) => $"{Leaderboards}{key}";

    /// <summary>A tenant's leaderboards.</summary>
    public static string LeaderboardsOf(string tenant) => $"{Leaderboards}{tenant}/";

    /// <summary>
    /// An empty record for each leaderboard that is not deleted, written and deleted in the same commit as the change of its own record:
    /// by these they are listed and counted.
    /// </summary>
    public const string LiveLeaderboards = "live-leaderboard/";

    /// <summary>Of a leaderboard that is not deleted.</summary>
    public static string LiveLeaderboard(LeaderboardKey key) => $"{LiveLeaderboards}{key}";

    /// <summary>Of a tenant's leaderboards that are not deleted.</summary>
    public static string LiveLeaderboardsOf(string tenant) => $"{LiveLeaderboards}{tenant}/";

    /// <summary>The season that a leaderboard opened last.</summary>
    public static string LatestSeason(LeaderboardKey key) => $"latest-season/{key}";

    /// <summary>A season's record.</summary>
    public static string Season(SeasonKey key) => $"season/{key}";

    /// <summary>The seasons of one incarnation of a board.</summary>
    public static string SeasonsOf(LeaderboardKey key, int incarnation) => FormattableString.Invariant($"season/{key}@{incarnation}/");

    /// <summary>An API key's record.</summary>
    public static string ApiKey(string keyId) => $"key/{keyId}";

    /// <summary>An empty record for each key of a tenant.</summary>
    public static string ApiKeyOf(string tenant, string keyId) => $"{ApiKeysOf(tenant)}{keyId}";

    /// <summary>A tenant's keys.</summary>
    public static string ApiKeysOf(string tenant) => $"tenant-key/{tenant}/";

    /// <summary>A tenant's requests in a month, <c>2025-11</c>.</summary>
    public static string Usage(string tenant, string month) => $"usage/{tenant}/{month}";

    /// <summary>A player's record.</summary>
    public static string Player(string tenant, string userId) => $"player/{tenant}/{Escape(userId)}";

    /// <summary>An empty record for each season in which a player stands.</summary>
    public static string Standing(string tenant, string userId, string season) => $"{StandingsOf(tenant, userId)}{Escape(season)}";

    /// <summary>The seasons in which a player stands.</summary>
    public static string StandingsOf(string tenant, string userId) => $"standing/{tenant}/{Escape(userId)}/";

    /// <summary>What a part of the register has still to tell seasons.</summary>
    public static string PlayerOutboxOf(PlayersKey part) => $"player-outbox/{part}/";

    /// <summary>Undoes <see cref="Escape"/>.</summary>
    public static string Unescape(ReadOnlySpan<char> part) => part.ToString().Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    /// <summary>A part that may hold a slash, as one part of a key.</summary>
    private static string Escape(string part) => part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
