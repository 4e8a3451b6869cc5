using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>
/// The index by which leaderboards are listed and counted: an empty record for each that is not deleted, written and deleted in the
/// same commit as the change of its own record.
/// </summary>
public static class DirectoryKeys
{
    /// <summary>All leaderboards that are not deleted.</summary>
    public const string LiveLeaderboards = "live-leaderboard/";

    /// <summary>A leaderboard that is not deleted.</summary>
    public static string LiveLeaderboard(LeaderboardKey key) => $"{LiveLeaderboards}{key}";

    /// <summary>A tenant's leaderboards that are not deleted.</summary>
    public static string LiveLeaderboardsOf(string tenant) => $"{LiveLeaderboards}{tenant}/";
}
