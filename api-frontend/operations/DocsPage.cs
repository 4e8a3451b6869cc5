using Microsoft.AspNetCore.Builder;

namespace Laurel.ApiFrontend;

/// <summary><c>/docs</c>: the API's description as a page to try it from. Everything it loads comes from this server.</summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    // The page sets styles on elements and draws its icons from data: URLs; it is never framed and loads nothing from elsewhere.
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>Serves the page, in a branch of its own so that other requests do not pass through it.</summary>
    public static void UseDocsPage(this IApplicationBuilder app) => app.UseWhen(
        static context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
        static docs =>
        {
            docs.Use(static (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = Policy;
                context.Response.Headers["Referrer-Policy"] = "no-referrer";
                return next(context);
            });
            docs.UseSwaggerUI(static page =>
            {
                page.RoutePrefix = Path[1..];
                page.DocumentTitle = "Laurel API";
                page.SwaggerEndpoint("/openapi/v1.json", "Laurel v1");
                page.ConfigObject.ValidatorUrl = null;
            });
        });
}
