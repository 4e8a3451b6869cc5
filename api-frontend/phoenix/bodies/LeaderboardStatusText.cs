using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>The words for a board's status.</summary>
internal static class LeaderboardStatusText
{
    /// <summary>All of them.</summary>
    public static readonly string[] Words = ["active", "inactive", "archived"];

    /// <summary>The word for a status.</summary>
    public static string Of(LeaderboardStatus status) => Words[(int)status];

    /// <summary>The status of a word among <see cref="Words"/>; null for null.</summary>
    public static LeaderboardStatus? Parse(string? word) => word is null ? null : (LeaderboardStatus)Array.IndexOf(Words, word);
}
