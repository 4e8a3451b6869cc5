using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary><c>/v1/events*</c>: flat, <c>{"error":"…","code":"AUTH_001"}</c>, with <c>index</c> behind when one event of several is wrong.</summary>
internal sealed class EventsFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "events";

    /// <inheritdoc/>
    public override bool TakesSignatures => true;

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadApiKeyHeader(request) ?? ReadBearer(request);

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteString("error"u8, error.Message);
        json.WriteString("code"u8, error.Code ?? UsualCode(error.Status));
        if (error.Mistakes is [var mistake, ..] && PlaceOf(mistake.Path) is { } place)
            json.WriteNumber("index"u8, place);
        json.WriteEndObject();
    }

    /// <summary>Which of several events is wrong: 3 for <c>events[3].actor.id</c>.</summary>
    private static int? PlaceOf(ReadOnlySpan<char> path)
    {
        const string List = "events[";
        if (!path.StartsWith(List, StringComparison.Ordinal))
            return null;
        path = path[List.Length..];
        return int.Parse(path[..path.IndexOf(']')], CultureInfo.InvariantCulture);
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
