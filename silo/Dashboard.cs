using System.Text;
using Laurel.ApiFrontend;
using Microsoft.Net.Http.Headers;
using Orleans.Dashboard;

namespace Laurel.Silo;

/// <summary>
/// <c>/dashboard</c>: what Orleans' own page shows of silos and grains, for admin keys alone. A browser asks for a name and a password;
/// the key is the password, and the name means nothing.
/// </summary>
internal static class Dashboard
{
    private const string Path = "/dashboard";
    private const string Scheme = "Basic ";

    /// <summary>Adds the page's services to a silo.</summary>
    public static ISiloBuilder AddDashboardPage(this ISiloBuilder silo) => silo.AddDashboard();

    /// <summary>Takes the key from the browser's password. To be placed before access is decided.</summary>
    public static void UseDashboardKeys(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
            return next(context);

        if (PasswordOf(context.Request.Headers.Authorization) is { } key)
        {
            context.Request.Headers.Authorization = default;
            context.Request.Headers["X-API-Key"] = key;
        }

        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
                context.Response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"Laurel: an admin key as the password\", charset=\"UTF-8\"";
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Maps the page.</summary>
    public static void MapDashboard(this WebApplication app) => app.MapOrleansDashboard(Path).AdmitOperators();

    private static string? PasswordOf(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var encoded = authorization.AsSpan(Scheme.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        // A header takes no line ends; a key has none.
        return colon < 0 || pair.Any(char.IsControl) ? null : pair[(colon + 1)..];
    }
}
