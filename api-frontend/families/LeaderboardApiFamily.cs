using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>
/// <c>/ping</c>, <c>/v1/token</c>, <c>/v1/team*</c>, <c>/v1/leaderboard</c>, <c>/v1/score/*</c>: <c>{"message":"…"}</c>. Its documents
/// know no 403.
/// </summary>
internal sealed class LeaderboardApiFamily : RouteFamily
{
    /// <inheritdoc/>
    public override string Name => "leaderboardapi";

    /// <inheritdoc/>
    public override int ForbiddenStatus => StatusCodes.Status401Unauthorized;

    /// <inheritdoc/>
    public override string? ReadKey(HttpRequest request) => ReadApiKeyHeader(request);

    /// <inheritdoc/>
    protected override string UsualMessage(int status) =>
        status == StatusCodes.Status401Unauthorized ? "Not Authorized" : base.UsualMessage(status);

    /// <inheritdoc/>
    protected override void WriteBody(Utf8JsonWriter json, ErrorBody error)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
    }
}
