using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What a caller wants a new key to be.</summary>
/// <param name="Kind">One kind.</param>
/// <param name="RateLimit">Null for the kind's usual one.</param>
internal sealed record KeyFields(
    KeyKinds Kind,
    string? Name,
    string? LeaderboardId,
    IReadOnlyList<string> Scopes,
    RateLimitTerms? RateLimit,
    IReadOnlyList<string> Origins)
{
    private const KeyKinds BoundKinds = KeyKinds.Game | KeyKinds.Board | KeyKinds.Embed;
    private const KeyKinds BrowserKinds = KeyKinds.Board | KeyKinds.Embed;
    private const int LongestName = 200;
    private const int MostRequests = 10_000_000;
    private const int MostSeconds = 86_400;
    private const int MostOrigins = 100;
    private const int MostScopes = 100;
    private const int LongestItem = 256;

    // Admin keys are no tenant's: they come from the server's configuration.
    private static readonly string[] KindNames = ["tenant", "game", "board", "client", "embed"];

    /// <summary>Reads the body; null after a mistake.</summary>
    public static KeyFields? Read(ObjectReader body)
    {
        if (!body.Has("kind") || body.IsNull("kind"))
            body.Add("kind", $"kind is required: one of {string.Join(", ", KindNames)}");
        var kind = KeyKindNames.Parse(body.OneOf("kind", KindNames));
        var name = body.Text("name", LongestName);
        var leaderboard = body.Text("leaderboard_id", int.MaxValue);
        var scopes = body.Texts("scopes", MostScopes, LongestItem);
        var limit = ReadRateLimit(body.Object("rate_limit"));
        var origins = ReadOrigins(body);
        body.RefuseOthers();
        if (body.Mistakes.Count > 0)
            return null;

        CheckForKind(body, kind, leaderboard, scopes ?? [], origins);
        return body.Mistakes.Count == 0 ? new(kind, name, leaderboard, [.. (scopes ?? []).Distinct()], limit, origins) : null;
    }

    private static RateLimitTerms? ReadRateLimit(ObjectReader? limit)
    {
        if (limit is null)
            return null;
        var requests = limit.RequiredWhole("requests", 1, MostRequests);
        var seconds = limit.RequiredWhole("seconds", 1, MostSeconds);
        limit.RefuseOthers();
        return requests is null || seconds is null ? null : new(requests.Value, seconds.Value);
    }

    private static List<string> ReadOrigins(ObjectReader body)
    {
        List<string> origins = [];
        foreach (var text in body.Texts("origins", MostOrigins, LongestItem) ?? [])
        {
            if (IsOrigin(text, out var origin))
                origins.Add(origin);
            else
                body.Add("origins", $"'{text}' is no origin: it must be scheme, host and port alone, such as https://game.example");
        }

        return origins;
    }

    private static bool IsOrigin(string text, out string origin)
    {
        var isUri = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        origin = isUri ? uri!.GetLeftPart(UriPartial.Authority) : "";
        return isUri && origin.Equals(text.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    private static void CheckForKind(
        ObjectReader body, KeyKinds kind, string? leaderboard, IReadOnlyList<string> scopes, List<string> origins)
    {
        var name = KeyKindNames.NameOf(kind);
        var bound = (kind & BoundKinds) != 0;
        if (bound && leaderboard is null)
            body.Add("leaderboard_id", $"leaderboard_id is required when kind is '{name}'");
        if (!bound && leaderboard is not null)
            body.Add("leaderboard_id", $"leaderboard_id is not allowed when kind is '{name}'");
        if (kind == KeyKinds.Tenant && scopes.Count == 0)
            body.Add("scopes", $"scopes is required when kind is 'tenant': some of {string.Join(", ", ApiFrontend.Scopes.All)}");
        if (kind != KeyKinds.Tenant && scopes.Count > 0)
            body.Add("scopes", $"scopes is not allowed when kind is '{name}': what such keys may do is fixed");
        if ((kind & BrowserKinds) == 0 && origins.Count > 0)
            body.Add("origins", $"origins is not allowed when kind is '{name}': such keys never belong in a browser");
        foreach (var scope in scopes)
        {
            if (!ApiFrontend.Scopes.All.Contains(scope))
                body.Add("scopes", $"Unknown scope '{scope}'; known are {string.Join(", ", ApiFrontend.Scopes.All)}");
        }
    }
}
