using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>The routes of this family.</summary>
internal static class RankoraEndpoints
{
    private const KeyKinds Readers = KeyKinds.Board | KeyKinds.Embed;
    private const string Entries = "/api/v1/leaderboard/entries";

    private delegate Task<RankoraReply> Handler(HttpContext context);

    /// <summary>Maps them, and the browsers' requests for leave.</summary>
    public static void MapRankora(this IEndpointRouteBuilder app)
    {
        var boards = Make<RankoraBoards>(app);
        var usage = app.ServiceProvider.GetRequiredService<PlanUsage>();
        var about = Make<AboutRoutes>(app, boards, usage);
        app.Map(HttpMethods.Get, "/api/v1/usage", about.UsageAsync, RankoraDocs.Usage, new(KeyKinds.Board, null));
        app.Map(HttpMethods.Get, "/api/v1/leaderboard", about.BoardAsync, RankoraDocs.Board, Kept(Readers));

        var lists = Make<ListRoute>(app, boards, Make<ListCache>(app));
        RequestDelegate list = lists.ListAsync;
        app.MapGet(Entries, list).WithMetadata(Kept(Readers)).Describe(RankoraDocs.List);

        var entries = Make<EntryRoutes>(app, boards, usage);
        app.Map(HttpMethods.Post, Entries, entries.SubmitAsync, RankoraDocs.Submit, Kept(KeyKinds.Board));
        app.Map(HttpMethods.Get, Entries + "/{player_id}", entries.GetAsync, RankoraDocs.Get, Kept(Readers));
        app.Map(HttpMethods.Delete, Entries + "/{player_id}", entries.RemoveAsync, RankoraDocs.Remove, Kept(KeyKinds.Board));

        var realtime = Make<RealtimeRoutes>(app, boards);
        app.Map(HttpMethods.Post, "/api/v1/realtime/ticket", realtime.IssueAsync, RankoraDocs.Ticket, Kept(Readers));
        RequestDelegate stream = realtime.StreamAsync;
        app.MapGet("/api/v1/realtime", stream)
            .WithMetadata(new AccessRule(Readers, null) { TakesKeyInQuery = true, TakesTicket = true, KeepsPlan = true })
            .Describe(RankoraDocs.Stream);

        RequestDelegate preflight = AnswerPreflightAsync;
        foreach (var path in (string[])["/api/v1/usage", "/api/v1/leaderboard", Entries, Entries + "/{player_id}", "/api/v1/realtime", "/api/v1/realtime/ticket"])
            app.MapMethods(path, [HttpMethods.Options], preflight).AdmitEveryone();
    }

    private static AccessRule Kept(KeyKinds kinds) => new(kinds, null) { KeepsPlan = true };

    private static void Map(this IEndpointRouteBuilder app, string method, string pattern, Handler handler, RouteDoc doc, AccessRule rule)
    {
        RequestDelegate answer = async context => await (await handler(context)).WriteAsync(context);
        app.MapMethods(pattern, [method], answer).WithMetadata(rule).Describe(doc);
    }

    private static Task AnswerPreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Last-Event-ID";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static T Make<T>(IEndpointRouteBuilder app, params object[] parts) =>
        ActivatorUtilities.CreateInstance<T>(app.ServiceProvider, parts);
}
