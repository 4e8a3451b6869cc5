using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary><c>/leaderboard/scores</c>: <c>{"error":"…"}</c>. Its documents know no 403.</summary>
internal sealed class CrazyGamesFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "crazygames";

    /// <inheritdoc/>
    public override int ForbiddenStatus => StatusCodes.Status401Unauthorized;

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadApiKeyHeader(request);

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteString("error"u8, error.Message);
        json.WriteEndObject();
    }
}
