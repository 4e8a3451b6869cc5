namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A player's rank.</summary>
/// <param name="Total">How many the window lists.</param>
internal sealed record RankBody(string LeaderboardId, string TenantId, string WindowKey, string UserId, int Rank, int Total);
