using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>Operations, and every path that belongs to no dialect: <c>{"error":"…"}</c>.</summary>
internal sealed class PlainFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "operations";

    /// <inheritdoc/>
    public override bool NeedsAccessRules => false;

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadApiKeyHeader(request) ?? ReadBearer(request);

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteString("error"u8, error.Message);
        json.WriteEndObject();
    }
}
