using System.Globalization;
using System.Text.Json;
using Laurel.ApiFrontend.Phoenix;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary><c>/api/v1/*</c>: <c>{"success":false,"error":"…"}</c>.</summary>
internal sealed class RankoraFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "rankora";

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadBearer(request);

    /// <inheritdoc/>
    public override void Greet(HttpContext context, Caller caller, PermitPools permits)
    {
        var standing = permits.Look(caller);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = caller.RateLimitText;
        headers["X-RateLimit-Remaining"] = standing.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = standing.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        // Pages of other sites may read the answers to keys that they may use.
        if (CrossOrigin.OriginOf(context.Request) is not { } origin || !caller.AllowsOrigin(origin))
            return;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "X-Cache, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After";
        headers.Vary = "Authorization, Origin";
    }

    /// <inheritdoc/>
    protected override string UsualMessage(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Missing or invalid API key",
        StatusCodes.Status403Forbidden => "Access denied for this resource or operation",
        StatusCodes.Status429TooManyRequests => "Rate limit exceeded",
        StatusCodes.Status500InternalServerError => "Server encountered an error",
        _ => base.UsualMessage(status),
    };

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, false);
        json.WriteString("error"u8, error.Message);
        json.WriteEndObject();
    }
}
