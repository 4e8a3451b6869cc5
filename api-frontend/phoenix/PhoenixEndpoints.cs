using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>The routes of this family.</summary>
internal static class PhoenixEndpoints
{
    private const KeyKinds Backends = KeyKinds.Admin | KeyKinds.Tenant;
    private const KeyKinds Readers = Backends | KeyKinds.Board | KeyKinds.Embed;
    private const string Tenant = "/tenants/{tenant_id}";
    private const string Board = Tenant + "/leaderboards/{leaderboard_id}";
    private const string Query = "/v1/leaderboards/{tenant_id}/{leaderboard_id}";

    /// <summary>Maps administration, the native routes and queries.</summary>
    public static IEndpointRouteBuilder MapPhoenix(this IEndpointRouteBuilder app)
    {
        var tenants = Make<TenantRoutes>(app);
        app.Map(HttpMethods.Get, "/tenants", tenants.ListAsync, TenantDocs.List).Admit(KeyKinds.Admin);
        app.Map(HttpMethods.Post, "/tenants", tenants.CreateAsync, TenantDocs.Create).Admit(KeyKinds.Admin);
        app.Map(HttpMethods.Get, Tenant, tenants.GetAsync, TenantDocs.Get).Admit(Backends);
        app.Map(HttpMethods.Patch, Tenant, tenants.UpdateAsync, TenantDocs.Update).Admit(KeyKinds.Admin);
        app.Map(HttpMethods.Delete, Tenant, tenants.DeleteAsync, TenantDocs.Delete).Admit(KeyKinds.Admin);

        var keys = Make<KeyRoutes>(app);
        app.Map(HttpMethods.Get, Tenant + "/keys", keys.ListAsync, KeyDocs.List).Admit(Backends, Scopes.KeysWrite);
        app.Map(HttpMethods.Post, Tenant + "/keys", keys.CreateAsync, KeyDocs.Create).Admit(Backends, Scopes.KeysWrite);
        app.Map(HttpMethods.Delete, Tenant + "/keys/{key_id}", keys.RevokeAsync, KeyDocs.Revoke).Admit(Backends, Scopes.KeysWrite);

        var players = Make<PlayerRoutes>(app);
        app.Map(HttpMethods.Put, Tenant + "/players/{user_id}", players.PutAsync, PlayerDocs.Put).Admit(Backends, Scopes.PlayersWrite);
        app.Map(HttpMethods.Get, Tenant + "/players/{user_id}", players.GetAsync, PlayerDocs.Get).Admit(Backends, Scopes.PlayersWrite);
        app.Map(HttpMethods.Delete, Tenant + "/players/{user_id}", players.EraseAsync, PlayerDocs.Erase).Admit(Backends, Scopes.PlayersWrite);
        app.Map(HttpMethods.Post, Tenant + "/players/bulk", Make<BulkRoutes>(app).PutPlayersAsync, PlayerDocs.Bulk).Admit(Backends, Scopes.PlayersWrite);

        var boards = Make<LeaderboardRoutes>(app);
        app.Map(HttpMethods.Get, "/leaderboards", boards.ListOwnAsync, LeaderboardDocs.ListOwn).Admit(Backends, Scopes.LeaderboardsRead);
        app.Map(HttpMethods.Get, Tenant + "/leaderboards", boards.ListAsync, LeaderboardDocs.ListTenants).Admit(Backends, Scopes.LeaderboardsRead);
        app.Map(HttpMethods.Post, Tenant + "/leaderboards", boards.CreateAsync, LeaderboardDocs.Create).Admit(Backends, Scopes.LeaderboardsWrite);
        app.Map(HttpMethods.Get, Board, boards.GetAsync, LeaderboardDocs.Get).Admit(Backends, Scopes.LeaderboardsRead);
        app.Map(HttpMethods.Patch, Board, boards.UpdateAsync, LeaderboardDocs.Update).Admit(Backends, Scopes.LeaderboardsWrite);
        app.Map(HttpMethods.Delete, Board, boards.DeleteAsync, LeaderboardDocs.Delete).Admit(Backends, Scopes.LeaderboardsWrite);

        var seasons = Make<SeasonRoutes>(app);
        app.Map(HttpMethods.Get, Board + "/seasons", seasons.ListAsync, SeasonDocs.List).Admit(Backends, Scopes.LeaderboardsRead);
        app.Map(HttpMethods.Post, Board + "/seasons", seasons.OpenAsync, SeasonDocs.Open).Admit(Backends, Scopes.LeaderboardsWrite);
        app.Map(HttpMethods.Post, Board + "/seasons/{season_id}/close", seasons.CloseAsync, SeasonDocs.Close).Admit(Backends, Scopes.LeaderboardsWrite);

        var reader = Make<SeasonReader>(app);
        var entries = Make<EntryRoutes>(app, reader);
        app.Map(HttpMethods.Post, Board + "/entries", entries.SubmitAsync, EntryDocs.Submit).Admit(Backends, Scopes.ScoresWrite);
        app.Map(HttpMethods.Get, Board + "/entries/{user_id}", entries.GetAsync, EntryDocs.Get).Admit(Backends, Scopes.LeaderboardsRead);
        app.Map(HttpMethods.Delete, Board + "/entries/{user_id}", entries.RemoveAsync, EntryDocs.Remove).Admit(Backends, Scopes.ScoresWrite);

        var queries = Make<QueryRoutes>(app, reader);
        app.MapQuery(Query, queries.PageAsync, QueryDocs.Page);
        app.MapQuery(Query + "/user/{user_id}", queries.UserAsync, QueryDocs.User);
        app.MapQuery(Query + "/rank/{user_id}", queries.RankAsync, QueryDocs.Rank);
        app.MapQuery(Query + "/score/{user_id}", queries.ScoreAsync, QueryDocs.Score);
        return app;
    }

    private static T Make<T>(IEndpointRouteBuilder app, params object[] parts) => ActivatorUtilities.CreateInstance<T>(app.ServiceProvider, parts);

    private static IEndpointConventionBuilder Map(
        this IEndpointRouteBuilder app, string method, string pattern, Func<HttpContext, Task<Reply>> handler, RouteDoc doc) =>
        app.MapMethods(pattern, [method], context => AnswerAsync(context, handler)).Describe(doc);

    private static void MapQuery(this IEndpointRouteBuilder app, string pattern, Func<HttpContext, Task<Reply>> handler, RouteDoc doc)
    {
        app.Map(HttpMethods.Get, pattern, handler, doc).Admit(Readers, Scopes.LeaderboardsRead);
        app.MapMethods(pattern, [HttpMethods.Options], CrossOrigin.AnswerPreflightAsync).AdmitEveryone();
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<Reply>> handler)
    {
        var reply = RawPath.HasDotSegments(context)
            ? Reply.Invalid("The path must not have '.' or '..' as a segment, plain or percent-encoded")
            : await handler(context);
        CrossOrigin.Allow(context);
        await reply.WriteAsync(context);
    }
}
