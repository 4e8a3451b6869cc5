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

    /// <summary>Maps administration, the native routes and queries.</summary>
    public static IEndpointRouteBuilder MapPhoenix(this IEndpointRouteBuilder app)
    {
        app.MapTenants();
        app.MapPlayers();
        app.MapBoards();
        app.MapStandings();
        app.MapEvents();
        return app;
    }

    private static void MapTenants(this IEndpointRouteBuilder app)
    {
        var tenants = Make<TenantRoutes>(app);
        app.MapGet("/tenants", tenants.ListAsync, TenantDocs.List).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapPost("/tenants", tenants.CreateAsync, TenantDocs.Create).Admit(KeyKinds.Admin);
        app.MapGet(Tenant, tenants.GetAsync, TenantDocs.Get).Admit(Backends);
        app.MapPatch(Tenant, tenants.UpdateAsync, TenantDocs.Update).Admit(KeyKinds.Admin);
        app.MapDelete(Tenant, tenants.DeleteAsync, TenantDocs.Delete).Admit(KeyKinds.Admin);
        app.MapPost(Tenant + "/secret", tenants.RotateSecretAsync, TenantDocs.RotateSecret).Admit(Backends, Scopes.KeysWrite);

        var usage = Make<UsageRoutes>(app);
        app.MapGet(Tenant + "/usage", usage.UsageAsync, TenantDocs.Usage).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapGet(Tenant + "/limits", usage.LimitsAsync, KeyDocs.Limits).Admit(Backends, Scopes.KeysWrite);

        var keys = Make<KeyRoutes>(app);
        app.MapGet(Tenant + "/keys", keys.ListAsync, KeyDocs.List).Admit(Backends, Scopes.KeysWrite);
        app.MapPost(Tenant + "/keys", keys.CreateAsync, KeyDocs.Create).Admit(Backends, Scopes.KeysWrite);
        app.MapDelete(Tenant + "/keys/{key_id}", keys.RevokeAsync, KeyDocs.Revoke).Admit(Backends, Scopes.KeysWrite);
    }

    private static void MapPlayers(this IEndpointRouteBuilder app)
    {
        const string Player = Tenant + "/players/{user_id}";
        var players = Make<PlayerRoutes>(app);
        app.MapPut(Player, players.PutAsync, PlayerDocs.Put).Admit(Backends, Scopes.PlayersWrite);
        app.MapGet(Player, players.GetAsync, PlayerDocs.Get).Admit(Backends, Scopes.PlayersWrite);
        app.MapDelete(Player, players.EraseAsync, PlayerDocs.Erase).Admit(Backends, Scopes.PlayersWrite);

        var bulk = Make<BulkRoutes>(app);
        app.MapPost(Tenant + "/players/bulk", bulk.PutPlayersAsync, PlayerDocs.Bulk).Admit(Backends, Scopes.PlayersWrite);
    }

    private static void MapBoards(this IEndpointRouteBuilder app)
    {
        const string Boards = Tenant + "/leaderboards";
        var boards = Make<LeaderboardRoutes>(app);
        app.MapGet("/leaderboards", boards.ListOwnAsync, LeaderboardDocs.ListOwn).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapGet(Boards, boards.ListAsync, LeaderboardDocs.ListTenants).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapPost(Boards, boards.CreateAsync, LeaderboardDocs.Create).Admit(Backends, Scopes.LeaderboardsWrite);
        app.MapGet(Board, boards.GetAsync, LeaderboardDocs.Get).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapPatch(Board, boards.UpdateAsync, LeaderboardDocs.Update).Admit(Backends, Scopes.LeaderboardsWrite);
        app.MapDelete(Board, boards.DeleteAsync, LeaderboardDocs.Delete).Admit(Backends, Scopes.LeaderboardsWrite);

        const string Seasons = Board + "/seasons";
        var seasons = Make<SeasonRoutes>(app);
        app.MapGet(Seasons, seasons.ListAsync, SeasonDocs.List).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapPost(Seasons, seasons.OpenAsync, SeasonDocs.Open).Admit(Backends, Scopes.LeaderboardsWrite);
        app.MapPost(Seasons + "/{season_id}/close", seasons.CloseAsync, SeasonDocs.Close).Admit(Backends, Scopes.LeaderboardsWrite);
    }

    private static void MapStandings(this IEndpointRouteBuilder app)
    {
        const string Entry = Board + "/entries/{user_id}";
        var reader = Make<SeasonReader>(app);
        var entries = Make<EntryRoutes>(app, reader);
        app.MapPost(Board + "/entries", entries.SubmitAsync, EntryDocs.Submit).Admit(Backends | KeyKinds.Board, Scopes.ScoresWrite);
        app.MapMethods(Board + "/entries", [HttpMethods.Options], CrossOrigin.PreflightOf(HttpMethods.Post)).AdmitEveryone();
        app.MapGet(Entry, entries.GetAsync, EntryDocs.Get).Admit(Backends, Scopes.LeaderboardsRead);
        app.MapDelete(Entry, entries.RemoveAsync, EntryDocs.Remove).Admit(Backends, Scopes.ScoresWrite);

        const string Query = "/v1/leaderboards/{tenant_id}/{leaderboard_id}";
        var queries = Make<QueryRoutes>(app, reader);
        app.MapQuery(Query, queries.PageAsync, QueryDocs.Page);
        app.MapQuery(Query + "/user/{user_id}", queries.UserAsync, QueryDocs.User);
        app.MapQuery(Query + "/rank/{user_id}", queries.RankAsync, QueryDocs.Rank);
        app.MapQuery(Query + "/score/{user_id}", queries.ScoreAsync, QueryDocs.Score);

        const string Snapshots = "/v1/snapshots/{tenant_id}/{leaderboard_id}";
        var snapshots = Make<SnapshotRoutes>(app);
        app.MapQuery(Snapshots, snapshots.ListAsync, SnapshotDocs.List);
        app.MapQuery(Snapshots + "/{window_key}", snapshots.PageAsync, SnapshotDocs.Page);
        app.MapQuery(Snapshots + "/{window_key}/user/{user_id}", snapshots.UserAsync, SnapshotDocs.User);

        var sockets = Make<SocketRoutes>(app);
        RequestDelegate serve = sockets.ServeAsync;
        app.MapGet(Query + "/ws", serve).AdmitInQuery(Readers, Scopes.LeaderboardsRead).Describe(QueryDocs.Socket);
        var streams = Make<BoardStreamRoutes>(app);
        RequestDelegate tell = streams.ServeAsync;
        app.MapGet(Query + "/events", tell).AdmitInQuery(Readers, Scopes.LeaderboardsRead).Describe(QueryDocs.Stream);
        app.MapMethods(Query + "/events", [HttpMethods.Options], CrossOrigin.PreflightOf(HttpMethods.Get)).AdmitEveryone();
    }

    private static void MapEvents(this IEndpointRouteBuilder app)
    {
        var events = Make<EventRoutes>(app);
        app.MapPost("/v1/events", events.PostAsync, EventDocs.Post).Admit(Backends, Scopes.EventsWrite);
        app.MapPost("/v1/events/bulk", events.PostBulkAsync, EventDocs.PostBulk).Admit(Backends, Scopes.EventsWrite);
    }

    private static void MapQuery(this IEndpointRouteBuilder app, string pattern, Handler handler, RouteDoc doc)
    {
        app.MapGet(pattern, handler, doc).Admit(Readers, Scopes.LeaderboardsRead);
        app.MapMethods(pattern, [HttpMethods.Options], CrossOrigin.PreflightOf(HttpMethods.Get)).AdmitEveryone();
    }

    private static T Make<T>(IEndpointRouteBuilder app, params object[] parts) =>
        ActivatorUtilities.CreateInstance<T>(app.ServiceProvider, parts);
}
