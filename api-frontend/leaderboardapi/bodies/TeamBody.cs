using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>A team.</summary>
internal sealed record TeamBody(string TeamName, string Id, string CreatedAt, string ModifiedAt)
{
    public static TeamBody Of(TeamRecord team) => new(team.Name, team.TeamId, Instants.Text(team.CreatedAt), Instants.Text(team.UpdatedAt));
}
