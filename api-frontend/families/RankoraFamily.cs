using System.Text.Json;
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
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, false);
        json.WriteString("error"u8, error.Message);
        json.WriteEndObject();
    }
}
