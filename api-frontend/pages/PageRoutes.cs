using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Pages;

/// <summary>
/// <c>/overlay</c>, <c>/console</c> and what they load, <c>/browser/…</c>. Public: what the pages show they ask for with the key that
/// their viewer has. Every page runs under a policy without inline scripts and without requests to other servers; the one exception is
/// the style sheet that an overlay's own address names.
/// </summary>
internal static class PageRoutes
{
    private const string Assets = "/browser";
    private const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Serves the pages, in a branch of its own so that other requests do not pass through it.</summary>
    public static void UsePages(this IApplicationBuilder app)
    {
        var files = app.ApplicationServices.GetRequiredService<PageFiles>();
        app.MapWhen(static context => Is(context, "/overlay"), page => page.Run(context => SendOverlayAsync(context, files)));
        app.MapWhen(static context => Is(context, "/console"), page => page.Run(context => SendConsoleAsync(context, files)));
        app.MapWhen(
            static context => context.Request.Path.StartsWithSegments(Assets, StringComparison.Ordinal),
            page => page.Run(context => SendAssetAsync(context, files)));
    }

    private static bool Is(HttpContext context, string path) =>
        context.Request.Path.Value is { } value && value.TrimEnd('/').Equals(path, StringComparison.OrdinalIgnoreCase);

    private static Task SendOverlayAsync(HttpContext context, PageFiles files)
    {
        var (sheet, origin) = OwnStyles(context.Request.Query["css"]);
        return SendPageAsync(context, files.Page("overlay"), $"{Styles(sheet, origin)}; frame-ancestors *");
    }

    private static Task SendConsoleAsync(HttpContext context, PageFiles files) =>
        SendPageAsync(context, files.Page("console"), $"{Styles(null, null)}; frame-ancestors 'none'");

    private static Task SendPageAsync(HttpContext context, PageFile page, string more)
    {
        if (!IsRead(context))
            return Task.CompletedTask;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"{Policy}; {more}";
        // The address holds a key.
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return page.SendAsync(context);
    }

    private static Task SendAssetAsync(HttpContext context, PageFiles files)
    {
        if (!IsRead(context))
            return Task.CompletedTask;
        var path = context.Request.Path.Value![Assets.Length..].TrimStart('/');
        if (files.Asset(path, out var isHashed) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        return file.SendAsync(context);
    }

    private static bool IsRead(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return true;
        context.Response.Headers.Allow = "GET, HEAD";
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return false;
    }

    private static string Styles(string? sheet, string? origin) =>
        $"style-src 'self'{Source(sheet)}; img-src 'self' data:{Source(origin)}; font-src 'self'{Source(origin)}";

    private static string Source(string? source) => source is null ? "" : " " + source;

    /// <summary>The style sheet that the address names, without its query, and where it comes from: its pictures and fonts may come from there too.</summary>
    private static (string? Sheet, string? Origin) OwnStyles(string? css)
    {
        if (!Uri.TryCreate(css, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
            return default;
        if (WithAsciiHost(address) is not { } plain)
            return default;
        var sheet = plain.GetLeftPart(UriPartial.Path);
        // What separates the policy's parts must not come from an address.
        return sheet.AsSpan().ContainsAny(";, '\"") ? default : (sheet, plain.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>The address with its host as browsers compare it and headers can hold it; null when it has no such form.</summary>
    private static Uri? WithAsciiHost(Uri address)
    {
        try
        {
            var plain = new UriBuilder(address) { Host = address.IdnHost }.Uri;
            return Ascii.IsValid(plain.Host) ? plain : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
