using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A leaderboard as the API shows it, its whole configuration in force.</summary>
internal sealed record LeaderboardBody(
    string LeaderboardId,
    string TenantId,
    string Name,
    string Description,
    string Status,
    int Version,
    LeaderboardConfig Config,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static LeaderboardBody Of(LeaderboardRecord record) => new(
        record.LeaderboardId,
        record.TenantId,
        record.Name,
        record.Description,
        LeaderboardStatusText.Of(record.Status),
        record.Version,
        record.Config,
        WholeSeconds.Of(record.CreatedAt),
        WholeSeconds.Of(record.UpdatedAt));
}
