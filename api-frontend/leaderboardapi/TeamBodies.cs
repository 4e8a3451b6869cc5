using System.Text.Json;
using Laurel.ApiFrontend.Phoenix;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>Reads this family's bodies and path.</summary>
internal static class TeamBodies
{
    /// <summary>The route parameter that names a team or a leaderboard.</summary>
    public const string IdParameter = "id";

    /// <summary>Hands the body on, or answers what is wrong with it.</summary>
    public static async Task<TeamReply> ReadAsync(HttpContext context, BodyReader bodies, Func<JsonElement, Task<TeamReply>> answer)
    {
        using var body = await bodies.ReadJsonAsync(context);
        if (body.Refusal != 0)
            return TeamReply.Error(body.Refusal);
        if (!JsonDocuments.TryParse(body.Bytes, out var document, out var mistake))
            return TeamReply.Invalid(mistake);
        using (document)
            return await answer(document.RootElement);
    }

    /// <summary>The path's id; null when nothing can have it.</summary>
    public static string? IdOf(HttpContext context) =>
        context.Request.RouteValues[IdParameter] is string id && GrainInterfaces.Slug.IsValid(id) ? id : null;
}
