using System.Text;
using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary><c>/v1/leaderboard</c> and <c>/v1/score/leaderboard/{id}</c></summary>
internal sealed class TeamBoardRoutes(IGrainPort port, BodyReader bodies, BoardRoutes routes, BoardQuota quota, TimeProvider clock)
{
    // A remembered route may be outdated, and the season may end between routing and arriving.
    private const int Attempts = 3;

    private const int AtOnce = 16;

    public Task<TeamReply> CreateAsync(HttpContext context) => TeamBodies.ReadAsync(context, bodies, async body =>
    {
        if (TeamForms.ReadBoard(body, out var mistake) is not { } form)
            return TeamReply.Invalid(mistake);
        var tenant = context.Features.GetRequiredFeature<Caller>().Tenant!;
        if (await quota.FindForbiddenAsync(tenant) is { } forbidden)
            return TeamReply.Invalid(forbidden);

        // All are found before anything is made.
        var (members, refusal) = await FindAsync(tenant, form);
        return refusal ?? await CreateAsync(tenant, form, members!);
    });

    public async Task<TeamReply> GetAsync(HttpContext context)
    {
        if (TeamBodies.IdOf(context) is not { } id)
            return TeamReply.Of(OutcomeStatus.NotFound);
        var tenant = context.Features.Get<Caller>()?.Tenant ?? (await port.GetPublicIdAsync(id)).TenantId;
        if (tenant is null)
            return TeamReply.Of(OutcomeStatus.NotFound);
        var route = await routes.ForReadAsync(new LeaderboardKey(tenant, id));
        if (route.Status != OutcomeStatus.Ok)
            return TeamReply.Of(route.Status);
        if (route.Record!.Status != LeaderboardStatus.Active)
            return TeamReply.Of(OutcomeStatus.NotFound);

        // A board of teams has no more of them than one page: it is of one moment. Others are shown as far as that.
        var page = (route.Season ?? route.Previous)?.Key is { } season
            ? await port.ReadPageAsync(season, new ReadPage(0, TeamForms.MostTeams))
            : new EntryPage(OutcomeStatus.Ok, Entries: []);
        return page.Status == OutcomeStatus.Ok
            ? TeamReply.With(StatusCodes.Status200OK, TeamBoardBody.Of(route.Record, page.Entries!), LeaderboardApiJson.Shared.TeamBoardBody)
            : TeamReply.Of(page.Status);
    }

    public Task<TeamReply> ScoreAsync(HttpContext context) => TeamBodies.ReadAsync(context, bodies, async body =>
    {
        if (TeamForms.ReadScores(body, out var mistake) is not { } adjustments)
            return TeamReply.Invalid(mistake);
        if (TeamBodies.IdOf(context) is not { } id)
            return TeamReply.Of(OutcomeStatus.NotFound);
        var board = new LeaderboardKey(context.Features.GetRequiredFeature<Caller>().Tenant!, id);
        var requestId = RequestIds.Next();
        for (var attempt = 1; ; attempt++)
        {
            var route = await routes.ForWriteAsync(board, fresh: attempt > 1);
            if (route.Status != OutcomeStatus.Ok)
                return TeamReply.Of(route.Status);
            var outcome = await port.AdjustAsync(route.Season!.Key!, new AdjustScores(requestId, routes.ReceivedIn(route.Season), adjustments));
            var isElsewhere = outcome.Status is OutcomeStatus.WrongWindow or OutcomeStatus.NotActive or OutcomeStatus.NotFound;
            if (isElsewhere && attempt < Attempts)
                continue;
            return outcome.Status switch
            {
                OutcomeStatus.Ok => TeamReply.With(
                    StatusCodes.Status201Created,
                    [.. outcome.Scores!.Select(score => new TeamScoreBody(score.UserId, score.Score, score.Name ?? "", id))],
                    LeaderboardApiJson.Shared.TeamScoreBodyArray),
                OutcomeStatus.NotFound => TeamReply.Invalid("Team Ids provided do not belong to leaderboardId"),
                _ => TeamReply.Of(outcome.Status),
            };
        }
    });

    /// <summary>The members: those that are there, and records of those to be made.</summary>
    private async Task<(List<(TeamRecord Team, bool IsNew)>? Members, TeamReply? Refusal)> FindAsync(string tenant, BoardForm form)
    {
        var now = clock.GetUtcNow();
        List<(TeamRecord, bool)> members = [];
        foreach (var some in form.Teams.Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(team =>
                team.NewName is { } name ? Task.FromResult(new TeamOutcome(OutcomeStatus.Ok, new TeamRecord(DigitIds.Make(), tenant, name, now, now)))
                : team.Id is { Length: > 0 } id ? port.GetTeamAsync(id)
                : Task.FromResult(new TeamOutcome(OutcomeStatus.NotFound))));
            for (var i = 0; i < found.Length; i++)
            {
                if (found[i].Status == OutcomeStatus.NotFound || (found[i].Record is { } known && known.TenantId != tenant))
                    return (null, TeamReply.Invalid("Team Ids provided do not exist"));
                if (found[i].Record is not { } record)
                    return (null, TeamReply.Of(found[i].Status));
                members.Add((record, some[i].NewName is not null));
            }
        }

        return (members, null);
    }

    private async Task<TeamReply> CreateAsync(string tenant, BoardForm form, List<(TeamRecord Team, bool IsNew)> members)
    {
        foreach (var some in members.Where(static member => member.IsNew).Chunk(AtOnce))
        {
            var made = await Task.WhenAll(some.Select(member => port.CreateTeamAsync(member.Team)));
            if (Array.Find(made, static outcome => outcome.Status != OutcomeStatus.Ok) is { } failed)
                return TeamReply.Of(failed.Status);
        }

        var key = new LeaderboardKey(tenant, DigitIds.Make());
        var named = await port.PutPublicIdAsync(key.Board, tenant);
        if (named.Status != OutcomeStatus.Ok)
            return TeamReply.Of(named.Status);
        var created = await port.CreateLeaderboardAsync(key, new CreateLeaderboard(form.Name, null, "rankora", null, RequestIds.Next()));
        if (created.Status != OutcomeStatus.Ok)
            return TeamReply.Of(created.Status);
        if (await EnterAsync(key, [.. members.Select(static member => member.Team).DistinctBy(static team => team.TeamId)]) is { } refusal)
        {
            await port.DeleteLeaderboardAsync(key, new DeleteLeaderboard(RequestIds.Next()));
            return refusal;
        }

        return TeamReply.With(StatusCodes.Status201Created, NewBoardBody.Of(created.Record!), LeaderboardApiJson.Shared.NewBoardBody);
    }

    /// <summary>Gives every team an entry of no points.</summary>
    private async Task<TeamReply?> EnterAsync(LeaderboardKey board, IReadOnlyList<TeamRecord> teams)
    {
        if (teams.Count == 0)
            return null;
        var route = await routes.ForWriteAsync(board);
        if (route.Status != OutcomeStatus.Ok)
            return TeamReply.Of(route.Status);
        var now = Timestamps.Now(clock);
        var end = 0;
        byte[][] ids = [.. teams.Select(static team => Encoding.UTF8.GetBytes(team.TeamId))];
        var outcomes = await port.SubmitAsync(route.Season!.Key!, new ScoreBatch
        {
            RequestId = RequestIds.Next(),
            ReceivedAt = now,
            Ids = [.. ids.SelectMany(static id => id)],
            IdEnds = [.. ids.Select(id => end += id.Length)],
            Scores = new double[teams.Count],
            AchievedAt = [.. Enumerable.Repeat(now, teams.Count)],
            Extras = [.. teams.Select(static team => new ScoreExtra(team.Name, null, null))],
        });
        return outcomes.Status == OutcomeStatus.Ok && outcomes.Statuses is null ? null : TeamReply.Error(StatusCodes.Status500InternalServerError);
    }
}
