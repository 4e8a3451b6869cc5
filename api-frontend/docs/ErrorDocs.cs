using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>The errors a route can answer with.</summary>
internal static class ErrorDocs
{
    /// <summary>Each status and when it comes: those that the route names, and the usual ones.</summary>
    public static IEnumerable<(int Status, string Description)> Of(RouteDoc doc, bool needsKey)
    {
        foreach (var (status, description) in doc.Errors)
            yield return (status, description);
        if (needsKey)
        {
            yield return (StatusCodes.Status401Unauthorized, "The key is missing, malformed, unknown or revoked.");
            yield return (StatusCodes.Status403Forbidden, "The key is of another kind, tenant, board or origin, or lacks the scope.");
            yield return (StatusCodes.Status429TooManyRequests, "The key's rate limit is used up; `Retry-After` says how many seconds.");
        }

        if (doc.Body is not null)
        {
            yield return (StatusCodes.Status408RequestTimeout, "The body did not arrive in time.");
            yield return (StatusCodes.Status413PayloadTooLarge, "The body is larger than 1 MB.");
            yield return (StatusCodes.Status415UnsupportedMediaType, $"The body is not sent as `{doc.Body.ContentType}` in UTF-8.");
        }

        if (needsKey)
        {
            yield return (
                StatusCodes.Status500InternalServerError,
                "The server or its storage failed. Nobody knows whether a write took effect; a retry will tell.");
        }
    }
}
