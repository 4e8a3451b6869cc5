using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend;

/// <summary>The CrazyGames dialect: one route.</summary>
internal static class CrazyGamesRoutes
{
    public static void MapCrazyGames(this IEndpointRouteBuilder routes)
    {
        var submit = routes.ServiceProvider.GetRequiredService<SubmitScores>();
        // A plain delegate: nothing is bound, resolved or serialized on this path but what the handler does itself.
        RequestDelegate handle = submit.HandleAsync;
        routes.MapPost("/leaderboard/scores", handle).Admit(KeyKinds.Game).Describe(CrazyGamesDocs.Submit);
    }
}
