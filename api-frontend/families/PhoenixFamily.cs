using System.Text.Json;
using Laurel.ApiFrontend.Phoenix;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>
/// Administration, queries and the native routes: <c>{"error":{"code":"…","message":"…","status":400}}</c>, with <c>details</c>
/// (<c>[{"path","message"}]</c>) behind when there are mistakes to name.
/// </summary>
internal sealed class PhoenixFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "phoenix";

    /// <inheritdoc/>
    public override bool TakesSignatures => true;

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadApiKeyHeader(request) ?? ReadBearer(request);

    /// <inheritdoc/>
    public override void Greet(HttpContext context, Caller caller, PermitPools permits) => CrossOrigin.Allow(context, caller);

    /// <inheritdoc/>
    public override void GreetStranger(HttpContext context, AccessRule rule) => CrossOrigin.AllowStranger(context, rule);

    /// <inheritdoc/>
    protected override string UsualMessage(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "A valid API key is needed in X-API-Key or Authorization: Bearer",
        StatusCodes.Status403Forbidden => "The API key does not allow this",
        StatusCodes.Status404NotFound => "There is nothing at this path",
        StatusCodes.Status408RequestTimeout => "The request body took too long to arrive",
        StatusCodes.Status413PayloadTooLarge => "The request body is too large",
        StatusCodes.Status415UnsupportedMediaType => "The request body must be application/json in UTF-8",
        StatusCodes.Status429TooManyRequests => "The rate limit is used up; Retry-After says for how many seconds",
        StatusCodes.Status500InternalServerError => "Something went wrong on the server; trying again may help",
        _ => base.UsualMessage(status),
    };

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code ?? UsualCode(error.Status));
        json.WriteString("message"u8, error.Message);
        json.WriteNumber("status"u8, error.Status);
        if (error.Mistakes is { Count: > 0 } mistakes)
        {
            json.WriteStartArray("details"u8);
            foreach (var mistake in mistakes)
            {
                json.WriteStartObject();
                json.WriteString("path"u8, mistake.Path);
                json.WriteString("message"u8, mistake.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string UsualCode(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "VALIDATION_ERROR",
        StatusCodes.Status401Unauthorized => "UNAUTHORIZED",
        StatusCodes.Status403Forbidden => "FORBIDDEN",
        StatusCodes.Status404NotFound => "NOT_FOUND",
        StatusCodes.Status405MethodNotAllowed => "METHOD_NOT_ALLOWED",
        StatusCodes.Status408RequestTimeout => "REQUEST_TIMEOUT",
        StatusCodes.Status409Conflict => "CONFLICT",
        StatusCodes.Status413PayloadTooLarge => "PAYLOAD_TOO_LARGE",
        StatusCodes.Status415UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
        StatusCodes.Status429TooManyRequests => "RATE_LIMITED",
        < 500 => "VALIDATION_ERROR",
        _ => "INTERNAL_ERROR",
    };
}
