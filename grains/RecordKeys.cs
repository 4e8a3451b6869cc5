using System.Globalization;
using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>The keys of the small records: one place that says where everything lies. Released forms never change.</summary>
public static class RecordKeys
{
    /// <summary>All tenants.</summary>
    public const string Tenants = "tenant/";

    /// <summary>What signs a tenant's requests.</summary>
    public static string TenantSecret(string tenant) => $"tenant-secret/{tenant}";

    /// <summary>A tenant's signatures that were used up, by their timestamps.</summary>
    public static string SignaturesOf(string tenant) => $"signature/{tenant}/";

    /// <summary>A signature that was used up; holds the request that used it.</summary>
    public static string Signature(string tenant, long timestamp, string signature) =>
        FormattableString.Invariant($"{SignaturesOf(tenant)}{timestamp:D12}/{signature}");

    /// <summary>All leaderboards of all tenants.</summary>
    public const string Leaderboards = "leaderboard/";

    /// <summary>A tenant's record.</summary>
    public static string Tenant(string tenant) => $"{Tenants}{tenant}";

    /// <summary>A leaderboard's record.</summary>
    public static string Leaderboard(LeaderboardKey key) => $"{Leaderboards}{key}";

    /// <summary>A leaderboard as it was when it was deleted, written when one of the same id is created.</summary>
    public static string FormerLeaderboard(LeaderboardKey key, int incarnation) => FormattableString.Invariant($"former-leaderboard/{key}@{incarnation}");

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

    /// <summary>Written with every revocation: its version tells whether any key was revoked.</summary>
    public const string KeysVersion = "keys-version";

    /// <summary>A tenant's requests in a month, <c>2025-11</c>.</summary>
    public static string Usage(string tenant, string month) => $"usage/{tenant}/{month}";

    /// <summary>A team's record.</summary>
    public static string Team(string teamId) => $"team/{teamId}";

    /// <summary>An empty record for each team of a tenant.</summary>
    public static string TeamOf(string tenant, string teamId) => $"{TeamsOf(tenant)}{teamId}";

    /// <summary>A tenant's teams.</summary>
    public static string TeamsOf(string tenant) => $"tenant-team/{tenant}/";

    /// <summary>Whose the leaderboard with an id is that nobody can guess.</summary>
    public static string PublicId(string id) => $"public-id/{id}";

    /// <summary>The secret that tokens are signed with.</summary>
    public const string TokenKey = "token-key";

    /// <summary>A player's record.</summary>
    public static string Player(string tenant, string userId) => $"{PlayersOf(tenant)}{Escape(userId)}";

    /// <summary>A tenant's players.</summary>
    public static string PlayersOf(string tenant) => $"player/{tenant}/";

    /// <summary>An empty record for each season in which a player stands.</summary>
    public static string Standing(string tenant, string userId, string season) => $"{StandingsOf(tenant, userId)}{Escape(season)}";

    /// <summary>The seasons in which a player stands.</summary>
    public static string StandingsOf(string tenant, string userId) => $"standing/{tenant}/{Escape(userId)}/";

    /// <summary>What a part of the register has still to tell seasons.</summary>
    public static string PlayerOutboxOf(PlayersKey part) => $"player-outbox/{part}/";

    /// <summary>What one part of the scheduler has to do, by time.</summary>
    public static string DueOf(int partition) => FormattableString.Invariant($"due/{partition}/");

    /// <summary>That something of a season is due at an instant, in microseconds since the Unix epoch.</summary>
    public static string Due(SeasonKey season, long at)
    {
        var partition = (int)(Crc32C.Of(Encoding.UTF8.GetBytes(season.Leaderboard.ToString())) % IScheduler.Partitions);
        return FormattableString.Invariant($"{DueOf(partition)}{at - Timestamps.MinValue:D20}/{season}");
    }

    /// <summary>The instant and the season of such a record.</summary>
    public static (long At, SeasonKey Season) ParseDue(string due)
    {
        var parts = due.Split('/', 4);
        return (long.Parse(parts[2], CultureInfo.InvariantCulture) + Timestamps.MinValue, SeasonKey.Parse(parts[3]));
    }

    /// <summary>That every board made before there was a scheduler has been put on it.</summary>
    public const string Scheduled = "boards-scheduled";

    /// <summary>The head of a season's final standings.</summary>
    public static string Final(SeasonKey season) => $"final/{season}";

    /// <summary>All parts of a season's final standings, of every generation.</summary>
    public static string FinalPartsOf(SeasonKey season) => $"final-part/{season}/";

    /// <summary>A page of entries.</summary>
    public static string FinalPage(SeasonKey season, string generation, int page) =>
        FormattableString.Invariant($"{FinalPartsOf(season)}{generation}/page/{page:D6}");

    /// <summary>Where some of the players stand.</summary>
    public static string FinalPlaces(SeasonKey season, string generation, int bucket) =>
        FormattableString.Invariant($"{FinalPartsOf(season)}{generation}/places/{bucket:D6}");

    /// <summary>Written with every board of a tenant that is made, changed or deleted: its version tells whether anything is new.</summary>
    public static string BoardsVersion(string tenant) => $"boards-version/{tenant}";

    /// <summary>The journal of an intake of events; no season's key, since it has no incarnation.</summary>
    public static string EventJournal(string intake) => $"events/{intake}";

    /// <summary>Ids of events that have left an intake's journal.</summary>
    public static string EventIdsOf(string intake) => $"event-ids/{intake}/";

    /// <summary>All intakes that may have events to deliver.</summary>
    public const string EventOutboxes = "event-outbox/";

    /// <summary>That an intake may have events to deliver.</summary>
    public static string EventOutbox(string intake) => $"{EventOutboxes}{intake}";

    /// <summary>Undoes <see cref="Escape"/>.</summary>
    public static string Unescape(ReadOnlySpan<char> part) => part.ToString().Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    /// <summary>A part that may hold a slash, as one part of a key.</summary>
    private static string Escape(string part) => part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
