using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary><c>/v1/events*</c>: flat, <c>{"error":"…","code":"AUTH_001"}</c>.</summary>
internal sealed class EventsFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "events";

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadApiKeyHeader(request) ?? ReadBearer(request);

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteString("error"u8, error.Message);
        json.WriteString("code"u8, error.Code ?? UsualCode(error.Status));
        json.WriteEndObject();
    }

    private static string UsualCode(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "AUTH_001",
        StatusCodes.Status403Forbidden => "AUTH_002",
        StatusCodes.Status404NotFound => "NOT_FOUND_001",
        StatusCodes.Status429TooManyRequests => "RATE_LIMIT_001",
        < 500 => "VALIDATION_001",
        _ => "INTERNAL_001",
    };
}
