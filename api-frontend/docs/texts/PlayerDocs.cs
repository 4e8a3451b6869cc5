using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The player routes, described.</summary>
internal static class PlayerDocs
{
    private const string Tag = "Players";

    private const string Player = """
        {"user_id":"u-17","name":"Ada","privacy":"public","country":"GB","created_at":"2025-08-01T12:00:00Z","updated_at":"2025-08-01T12:00:00Z"}
        """;

    private const string Fields = """
        "name":{"type":["string","null"],"maxLength":128,"description":"Shown on boards. Left out, it stays as it is; `null` clears it."},
        "privacy":{"type":"string","enum":["public","hidden"],"description":"Hidden players stand on no list until they are public again."},
        "country":{"type":["string","null"],"pattern":"^[A-Za-z]{2}$","description":"ISO 3166-1 alpha-2. Left out, it stays as it is; `null` clears it."}
        """;

    private static readonly Dictionary<int, string> Errors = new() { [400] = "The user id is not valid.", [404] = "There is no such tenant or player." };

    public static readonly RouteDoc Put = new(Tag, "putPlayer", "Register or change a player")
    {
        Body = new($$"""{"type":"object","additionalProperties":false,"properties":{ {{Fields}} } }""", """{"name":"Ada","privacy":"public","country":"GB"}"""),
        Answers = [new(200, "The player.", Player, PhoenixJson.Shared.PlayerBody)],
        Errors = new Dictionary<int, string> { [400] = "The user id or the body breaks a rule.", [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Get = new(Tag, "getPlayer", "Get a player")
    {
        Answers = [new(200, "The player.", Player, PhoenixJson.Shared.PlayerBody)],
        Errors = Errors,
    };

    public static readonly RouteDoc Erase = new(Tag, "erasePlayer", "Erase a player")
    {
        Description = "Erases the player and their entries everywhere. A retry is answered 404.",
        Answers = [new(200, "Nothing is kept of the player.", """{"user_id":"u-17","erased":true}""", PhoenixJson.Shared.PlayerErasedBody)],
        Errors = Errors,
    };

    public static readonly RouteDoc Bulk = new(Tag, "putPlayers", "Register or change many players")
    {
        Description = """
            One JSON object a line, any number of lines of at most 16 KB: the body is read as it arrives, without a limit. One that is
            signed must be read before, and may have 1 MB as any other. Of several lines about one player the last wins. A line that breaks
            a rule fails alone; the first hundred of those are named. If storage fails, the answer is 500 and says how many players were
            accepted; sending all lines again does no harm.
            """,
        Body = new(
            $$"""{"type":"object","required":["user_id"],"additionalProperties":false,"properties":{"user_id":{"type":"string","minLength":1,"maxLength":128}, {{Fields}} } }""",
            "{\"user_id\":\"u-17\",\"name\":\"Ada\"}\n{\"user_id\":\"u-18\",\"privacy\":\"hidden\"}\n",
            "application/x-ndjson"),
        Answers =
        [
            new(
                200,
                "How many lines are durable, how many failed, and why.",
                """{"accepted":2,"failed":1,"errors":[{"line":3,"message":"user_id is required"}]}""",
                PhoenixJson.Shared.BulkBody),
        ],
        Errors = new Dictionary<int, string> { [404] = "There is no such tenant." },
    };
}
