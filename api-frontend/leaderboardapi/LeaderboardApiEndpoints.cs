using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>The routes of this family.</summary>
internal static class LeaderboardApiEndpoints
{
    private static readonly AccessRule Token = new(KeyKinds.Client, null) { TakesToken = true };

    // Ids of teams and boards cannot be guessed: whoever knows one may read it. A token that is shown must be good.
    private static readonly AccessRule Anyone = Token with { TakesStrangers = true };

    private delegate Task<TeamReply> Handler(HttpContext context);

    /// <summary>Maps them.</summary>
    public static void MapLeaderboardApi(this IEndpointRouteBuilder app)
    {
        var client = Make<ClientRoutes>(app);
        app.Map(HttpMethods.Get, "/ping", client.PingAsync, LeaderboardApiDocs.Ping, AccessRule.Public);
        app.Map(HttpMethods.Get, "/v1/token", client.TokenAsync, LeaderboardApiDocs.Token, AccessRule.Public);

        var teams = Make<TeamRoutes>(app);
        app.Map(HttpMethods.Get, "/v1/team", teams.ListAsync, LeaderboardApiDocs.ListTeams, Token);
        app.Map(HttpMethods.Post, "/v1/team", teams.CreateAsync, LeaderboardApiDocs.CreateTeam, Token);
        app.Map(HttpMethods.Get, "/v1/team/{id}", teams.GetAsync, LeaderboardApiDocs.GetTeam, Anyone);
        app.Map(HttpMethods.Put, "/v1/team/{id}", teams.RenameAsync, LeaderboardApiDocs.RenameTeam, Token);
        app.Map(HttpMethods.Delete, "/v1/team/{id}", teams.DeleteAsync, LeaderboardApiDocs.DeleteTeam, Token);

        var boards = Make<TeamBoardRoutes>(app);
        app.Map(HttpMethods.Post, "/v1/leaderboard", boards.CreateAsync, LeaderboardApiDocs.CreateBoard, Token);
        app.Map(HttpMethods.Get, "/v1/leaderboard/{id}", boards.GetAsync, LeaderboardApiDocs.GetBoard, Anyone);
        app.Map(HttpMethods.Post, "/v1/score/leaderboard/{id}", boards.ScoreAsync, LeaderboardApiDocs.Score, Token);
    }

    private static void Map(this IEndpointRouteBuilder app, string method, string pattern, Handler handler, RouteDoc doc, AccessRule rule)
    {
        RequestDelegate answer = async context => await (await handler(context)).WriteAsync(context);
        app.MapMethods(pattern, [method], answer).WithMetadata(rule).Describe(doc);
    }

    private static T Make<T>(IEndpointRouteBuilder app) => ActivatorUtilities.CreateInstance<T>(app.ServiceProvider);
}
