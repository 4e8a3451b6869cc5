using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>The hub's services and routes.</summary>
internal static class HubEndpoints
{
    public const string Path = "/hubs/leaderboards";

    private const string AnyOrigin = "hubs";
    private const int LongestMessage = 16 * 1024;
    private const KeyKinds Readers = KeyKinds.Admin | KeyKinds.Tenant | KeyKinds.Board | KeyKinds.Embed;

    public static IServiceCollection AddLaurelHub(this IServiceCollection services)
    {
        services.AddSignalR(static hub =>
        {
            hub.MaximumReceiveMessageSize = LongestMessage;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(60);
            hub.AddFilter<HubFailures>();
        }).AddJsonProtocol(static json => json.PayloadSerializerOptions = HubJson.Shared.Options);
        services.AddSingleton<HubFailures>();
        // It takes refusals for failures, and logs each with its stack.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None));
        services.AddSingleton<HubLifetimeManager<LeaderboardHub>, HubConnections>();
        // Which origins may use a key stands with the key, and is checked with it.
        services.AddCors(static cors => cors.AddPolicy(
            AnyOrigin, static policy => policy.SetIsOriginAllowed(static _ => true).AllowAnyHeader().AllowAnyMethod().AllowCredentials()));
        return services;
    }

    /// <summary>Answers browsers that ask leave, for the hub's routes alone. After routing, before the keys are looked at.</summary>
    public static void UseHubOrigins(this IApplicationBuilder app) => app.UseWhen(
        static context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
        static hub => hub.UseCors());

    /// <summary>Maps the hub: WebSockets alone. What cannot pass them has the event stream of <c>/api/v1/realtime</c>.</summary>
    public static void MapLeaderboardHub(this IEndpointRouteBuilder app)
    {
        var hub = app.MapHub<LeaderboardHub>(Path, static connection => connection.Transports = HttpTransportType.WebSockets);
        hub.RequireCors(AnyOrigin);
        hub.Add(static endpoint =>
        {
            var negotiates = endpoint.Metadata.OfType<NegotiateMetadata>().Any();
            endpoint.Metadata.Add(new HttpMethodMetadata(
                negotiates ? [HttpMethods.Post] : [HttpMethods.Get], acceptCorsPreflight: true));
            endpoint.Metadata.Add(negotiates ? HubDocs.Negotiate : HubDocs.Connect);
            endpoint.Metadata.Add(new AccessRule(Readers, Scopes.LeaderboardsRead) { TakesKeyInQuery = true, TakesTicket = true });
        });
    }
}
