using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary><c>/v1/team</c></summary>
internal sealed class TeamRoutes(IGrainPort port, BodyReader bodies, TimeProvider clock)
{
    private const int PageSize = 1000;

    public Task<TeamReply> CreateAsync(HttpContext context) => TeamBodies.ReadAsync(context, bodies, async body =>
    {
        if (TeamForms.ReadTeamName(body, mayBeFlat: true, out var mistake) is not { } name)
            return TeamReply.Invalid(mistake);
        var now = clock.GetUtcNow();
        var made = await port.CreateTeamAsync(new TeamRecord(DigitIds.Make(), TenantOf(context), name, now, now));
        return made.Status == OutcomeStatus.Ok
            ? TeamReply.With(StatusCodes.Status201Created, TeamBody.Of(made.Record!), LeaderboardApiJson.Shared.TeamBody)
            : TeamReply.Of(made.Status);
    });

    public async Task<TeamReply> GetAsync(HttpContext context)
    {
        if (TeamBodies.IdOf(context) is not { } id)
            return TeamReply.Of(OutcomeStatus.NotFound);
        var found = await port.GetTeamAsync(id);
        if (found.Status != OutcomeStatus.Ok)
            return TeamReply.Of(found.Status);
        return context.Features.Get<Caller>() is { } caller && !caller.Reaches(found.Record!.TenantId)
            ? TeamReply.Of(OutcomeStatus.NotFound)
            : TeamReply.With(StatusCodes.Status200OK, TeamBody.Of(found.Record!), LeaderboardApiJson.Shared.TeamBody);
    }

    public async Task<TeamReply> ListAsync(HttpContext context)
    {
        List<TeamBody> teams = [];
        string? last = null;
        while (true)
        {
            var page = await port.ListTeamsAsync(new ListTeams(TenantOf(context), teams.Count, PageSize, last));
            if (page.Status != OutcomeStatus.Ok)
                return TeamReply.Of(page.Status);
            // A page may be short: a team that was deleted meanwhile is left out of it.
            if (page.Teams is not [.., var end])
                return TeamReply.With(StatusCodes.Status200OK, [.. teams], LeaderboardApiJson.Shared.TeamBodyArray);
            teams.AddRange(page.Teams.Select(TeamBody.Of));
            last = end.TeamId;
        }
    }

    public Task<TeamReply> RenameAsync(HttpContext context) => TeamBodies.ReadAsync(context, bodies, async body =>
    {
        if (TeamForms.ReadTeamName(body, mayBeFlat: false, out var mistake) is not { } name)
            return TeamReply.Invalid(mistake);
        if (TeamBodies.IdOf(context) is not { } id)
            return TeamReply.Of(OutcomeStatus.NotFound);
        var renamed = await port.RenameTeamAsync(id, new RenameTeam(TenantOf(context), name));
        return renamed.Status == OutcomeStatus.Ok ? TeamReply.Empty(StatusCodes.Status200OK) : TeamReply.Of(renamed.Status);
    });

    public async Task<TeamReply> DeleteAsync(HttpContext context)
    {
        if (TeamBodies.IdOf(context) is not { } id)
            return TeamReply.Of(OutcomeStatus.NotFound);
        var deleted = await port.DeleteTeamAsync(id, TenantOf(context));
        return deleted.Status == OutcomeStatus.Ok ? TeamReply.Empty(StatusCodes.Status201Created) : TeamReply.Of(deleted.Status);
    }

    private static string TenantOf(HttpContext context) => context.Features.GetRequiredFeature<Caller>().Tenant!;
}
