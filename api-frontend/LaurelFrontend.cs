using Laurel.ApiFrontend.Hubs;
using Laurel.ApiFrontend.LeaderboardApi;
using Laurel.ApiFrontend.Live;
using Laurel.ApiFrontend.Pages;
using Laurel.ApiFrontend.Phoenix;
using Laurel.ApiFrontend.Rankora;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>All dialects and the operations' routes, for a host to take in.</summary>
public static class LaurelFrontend
{
    private static readonly TimeSpan SocketPing = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Adds the frontend's services. The host adds an <see cref="IGrainPort"/> and an <see cref="IFeed"/>, may add a <see cref="TimeProvider"/> and <see cref="INodes"/>, and sets
    /// <see cref="FrontendOptions.AdminKeyHash"/> through <c>Configure</c>.
    /// </summary>
    public static IServiceCollection AddLaurelFrontend(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FrontendOptions>().Bind(configuration.GetSection(FrontendOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FrontendOptions>, FrontendOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddRouting();
        services.AddSingleton<FrontendMetrics>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<TenantSignatures>();
        services.AddSingleton<SignedRequests>();
        services.AddSingleton<PermitPools>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<BoardRoutes>();
        services.AddSingleton<SeasonlessScores>();
        services.AddSingleton<SubmitScores>();
        services.AddOptions<PlanOptions>().Bind(configuration.GetSection(PlanOptions.Section));
        services.AddSingleton<TenantPlans>();
        services.AddSingleton<RequestCounter>();
        services.AddHostedService(static provider => provider.GetRequiredService<RequestCounter>());
        services.AddSingleton<RequestQuota>();
        services.AddSingleton<PlanUsage>();
        services.AddSingleton<BoardQuota>();
        services.AddSingleton<TicketOffice>();
        services.AddSingleton<TokenOffice>();
        services.AddSingleton<LiveServices>();
        services.AddSingleton<LiveKeys>();
        services.AddSingleton<LiveBoards>();
        services.AddHostedService(static provider => provider.GetRequiredService<LiveBoards>());
        services.AddLaurelHub();
        services.AddSingleton<PageFiles>();
        services.TryAddSingleton<INodes, SingleNode>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<MetricsCollector>();
        services.AddHostedService(static provider => provider.GetRequiredService<MetricsCollector>());
        services.AddLaurelDocs();

        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            // An id of ten thousand characters, percent-encoded, gets the family's answer instead of an empty 414.
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.Use(static next => connection =>
            {
                connection.Features.Set(new BearerMemory());
                return next(connection);
            }));
        });
        // The server's own lines per request cost more than a small request does; failures are logged by the frontend.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        return services;
    }

    /// <summary>Maps every route and the steps around them.</summary>
    /// <param name="app">The application.</param>
    /// <param name="dialects">Whether games are served; otherwise only operators are.</param>
    public static WebApplication MapLaurel(this WebApplication app, bool dialects = true)
    {
        app.UseMiddleware<FamilyMiddleware>();
        app.UseDocsPage();
        if (dialects)
            app.UsePages();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = SocketPing, KeepAliveTimeout = SocketPing });
        app.UseRouting();
        app.UseHubOrigins();
        app.UseMiddleware<AccessMiddleware>();
        if (dialects)
            app.MapDialects();
        app.MapOperations();
        return app;
    }

    /// <summary>Admits admin keys alone to a host's own routes.</summary>
    public static TBuilder AdmitOperators<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.Admit(KeyKinds.Admin);

    private static void MapDialects(this WebApplication app)
    {
        app.MapCrazyGames();
        app.MapPhoenix();
        app.MapRankora();
        app.MapLeaderboardApi();
        app.MapLeaderboardHub();
    }
}
