namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A player's score.</summary>
internal sealed record ScoreBody(
    string LeaderboardId, string TenantId, string WindowKey, string UserId, double Score, DateTimeOffset UpdatedAt);
