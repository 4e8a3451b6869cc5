namespace Laurel.ApiFrontend;

/// <summary>What the parameters in paths mean.</summary>
internal static class PathParameters
{
    private const string Id = """{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"}""";

    /// <summary>The parameter in a sentence.</summary>
    public static string Describe(string name) => name switch
    {
        AccessRule.TenantParameter => "The tenant's id.",
        AccessRule.LeaderboardParameter => "The leaderboard's id, unique in its tenant.",
        "season_id" => "The season's id.",
        "window_key" => "The window's key, or the season's id.",
        "key_id" => "The key's id.",
        "id" => "The team's or leaderboard's id, a text of digits.",
        "player_id" => "The player's id, a UUID.",
        "user_id" => "The player's id: any Unicode but control characters, percent-encoded as UTF-8; a slash is `%2F`. "
            + "The ids `.` and `..` cannot stand in a path.",
        _ => throw new InvalidOperationException($"The path parameter {name} is not described."),
    };

    /// <summary>The parameter's JSON Schema.</summary>
    public static string SchemaOf(string name) => name switch
    {
        "user_id" => """{"type":"string","minLength":1,"maxLength":128}""",
        "player_id" => """{"type":"string","format":"uuid"}""",
        _ => Id,
    };
}
