using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The key routes, described.</summary>
internal static class KeyDocs
{
    private const string Tag = "Keys";

    private const string Key = """
        {"key_id":"4fKc0Rr2Ys9dWq1LmZxT","kind":"game","tenant_id":"acme","name":"Race, production","leaderboard_id":"race-weekly",
         "rate_limit":{"requests":1000,"seconds":60},"created_at":"2025-08-01T12:00:00Z"}
        """;

    private const string NewKey = """
        {"api_key":"lrl_game_4fKc0Rr2Ys9dWq1LmZxT_…","key_id":"4fKc0Rr2Ys9dWq1LmZxT","kind":"game","tenant_id":"acme","name":"Race, production",
         "leaderboard_id":"race-weekly","rate_limit":{"requests":1000,"seconds":60},"created_at":"2025-08-01T12:00:00Z"}
        """;

    public static readonly RouteDoc List = new(Tag, "listKeys", "List a tenant's API keys")
    {
        Description = "Sorted by id. Secrets are never shown again.",
        Query = [ParameterDoc.Limit, ParameterDoc.Offset],
        Answers = [new(200, "A page of keys.", $$"""{"total":1,"keys":[{{Key}}]}""", PhoenixJson.Shared.KeyListBody)],
        Errors = new Dictionary<int, string> { [400] = "`limit` or `offset` is out of range.", [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Limits = new(Tag, "listLimits", "List how far a tenant's API keys are in their rate limits")
    {
        Description = "Sorted by id. Requests that gateways hold permits for at this moment count as made, for a quarter of a second at the most.",
        Query = [ParameterDoc.Limit, ParameterDoc.Offset],
        Answers =
        [
            new(
                200,
                "A page of keys with what is left of their limits, and when all of it will be free again.",
                """
                {"total":1,"limits":[{"key_id":"4fKc0Rr2Ys9dWq1LmZxT","kind":"game","name":"Race, production",
                 "rate_limit":{"requests":1000,"seconds":60},"remaining":874,"resets_at":"2025-11-18T09:16:42Z"}]}
                """,
                PhoenixJson.Shared.KeyLimitListBody),
        ],
        Errors = new Dictionary<int, string> { [400] = "`limit` or `offset` is out of range.", [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Create = new(Tag, "createKey", "Create an API key")
    {
        Description = """
            `api_key`, and `client_secret` of client keys, are shown here and never again: only their hashes are kept.

            | kind | for | needs |
            |---|---|---|
            | `tenant` | a studio's backend | `scopes` |
            | `game` | submitting scores in the CrazyGames dialect | `leaderboard_id` |
            | `board` | the Rankora dialect | `leaderboard_id`, may have `origins` |
            | `client` | the LeaderboardAPI dialect; gets `client_id` and `client_secret` | |
            | `embed` | reading in browsers; safe to publish | `leaderboard_id`, may have `origins` |

            The usual rate limit is 1,000 requests in 60 s for game keys, 100,000 for tenant keys and 10,000 for the others. A tenant key
            can only give scopes it has; a game key counts as `scores:write`, an embed key as `leaderboards:read`, a board key as both,
            and a client key as `scores:write` and `leaderboards:write`.
            """,
        Body = new(
            """
            {"type":"object","required":["kind"],"additionalProperties":false,"properties":{
              "kind":{"type":"string","enum":["tenant","game","board","client","embed"]},
              "name":{"type":"string","maxLength":200},
              "leaderboard_id":{"type":"string","description":"The one leaderboard that game, board and embed keys are bound to."},
              "scopes":{"type":"array","items":{"type":"string","enum":["leaderboards:read","leaderboards:write","scores:write","players:write","keys:write","events:write"]}},
              "rate_limit":{"type":"object","required":["requests","seconds"],"additionalProperties":false,"properties":{
                "requests":{"type":"integer","minimum":1,"maximum":10000000},"seconds":{"type":"integer","minimum":1,"maximum":86400}}},
              "origins":{"type":"array","maxItems":100,"items":{"type":"string"},"description":"Browser origins the key may be used from; any when left out."}}}
            """,
            """{"kind":"game","name":"Race, production","leaderboard_id":"race-weekly"}"""),
        Answers = [new(201, "The key with its secrets.", NewKey, PhoenixJson.Shared.NewKeyBody)],
        Errors = new Dictionary<int, string> { [400] = "The body breaks a rule, or the leaderboard does not exist.", [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Revoke = new(Tag, "revokeKey", "Revoke an API key")
    {
        Description = "It stops working everywhere within a second. A retry is answered 404.",
        Answers = [new(200, "The revoked key.", Key, PhoenixJson.Shared.KeyBody)],
        Errors = new Dictionary<int, string> { [404] = "The tenant has no such key." },
    };
}
