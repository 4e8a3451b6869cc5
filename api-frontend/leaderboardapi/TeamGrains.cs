using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>The grain calls of this family, by name.</summary>
internal static class TeamGrains
{
    public static Task<TeamOutcome> CreateTeamAsync(this IGrainPort port, TeamRecord record) =>
        port.CallAsync(record.TeamId, static (ITeam team, CreateTeam asked) => team.CreateAsync(asked), new CreateTeam(record));

    public static Task<TeamOutcome> GetTeamAsync(this IGrainPort port, string id) =>
        port.CallAsync(id, static (ITeam team, GetTeam asked) => team.GetAsync(asked), new GetTeam());

    public static Task<TeamOutcome> RenameTeamAsync(this IGrainPort port, string id, RenameTeam request) =>
        port.CallAsync(id, static (ITeam team, RenameTeam asked) => team.RenameAsync(asked), request);

    public static Task<TeamOutcome> DeleteTeamAsync(this IGrainPort port, string id, string tenant) =>
        port.CallAsync(id, static (ITeam team, DeleteTeam asked) => team.DeleteAsync(asked), new DeleteTeam(tenant));

    public static Task<TeamListOutcome> ListTeamsAsync(this IGrainPort port, ListTeams request) =>
        port.CallAsync(IDirectory.Key, static (IDirectory directory, ListTeams asked) => directory.ListTeamsAsync(asked), request);

    public static Task<PublicIdOutcome> PutPublicIdAsync(this IGrainPort port, string id, string tenant) =>
        port.CallAsync(id, static (IPublicId grain, PutPublicId asked) => grain.PutAsync(asked), new PutPublicId(tenant));

    public static Task<PublicIdOutcome> GetPublicIdAsync(this IGrainPort port, string id) =>
        port.CallAsync(id, static (IPublicId grain, GetPublicId asked) => grain.GetAsync(asked), new GetPublicId());

    public static Task<AdjustmentsOutcome> AdjustAsync(this IGrainPort port, string season, AdjustScores request) =>
        port.CallAsync(season, static (ISeason grain, AdjustScores asked) => grain.AdjustAsync(asked), request);
}
