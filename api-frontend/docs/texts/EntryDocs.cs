using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The entry routes, described.</summary>
internal static class EntryDocs
{
    private const string Tag = "Entries";

    private const string Entry = """
        {"user_id":"u-17","name":"Ada","score":1500,"rank":3,"achieved_at":"2025-11-18T09:15:42.782875Z","created_at":"2025-11-17T08:00:00.500000Z",
         "updated_at":"2025-11-18T09:15:43.000112Z","metadata":{"car":"blue"}}
        """;

    private static readonly Dictionary<int, string> Errors = new()
    {
        [400] = "The user id or `window_key` is not valid.",
        [404] = "There is no such leaderboard, window or entry.",
    };

    public static readonly RouteDoc Submit = new(Tag, "submitEntries", "Submit scores")
    {
        Description = """
            1 to 1000 entries, applied in order to the season open now. Each has a result, in the same order: `applied`, `unchanged` (by the
            board's aggregation it changes nothing), `duplicate` (its idempotency key was used before: the first result again), or why it
            failed: `validation` (with a `message`), `user-not-found` and `privacy-disabled` (by the players register), `no-active-season`,
            `conflict` (its idempotency key was used before with another body), `internal-server-error`. Ranks and scores are those right
            before and after it.

            A board key submits to its own board, also from pages of other sites if its origins allow them.
            Idempotency keys hold per leaderboard for 24 h. When every entry is a `conflict` the answer is 409.
            """,
        Body = new(
            """
            {"type":"object","required":["entries"],"additionalProperties":false,"properties":{"entries":{"type":"array","minItems":1,"maxItems":1000,"items":{
              "type":"object","required":["user_id","score"],"additionalProperties":false,"properties":{
                "user_id":{"type":"string","minLength":1,"maxLength":128},
                "score":{"type":"number"},
                "timestamp":{"type":"string","format":"date-time","description":"When it was achieved, kept to the microsecond; now when left out. Not in the future."},
                "name":{"type":"string","minLength":1,"maxLength":128},
                "metadata":{"type":["object","null"],"description":"Any JSON object of at most 4 KB; replaces what was there, null clears it."},
                "idempotency_key":{"type":"string","minLength":1,"maxLength":128}}}}}}
            """,
            """{"entries":[{"user_id":"u-17","score":1500,"name":"Ada","idempotency_key":"match-8841-u-17"},{"user_id":"","score":3}]}"""),
        Answers =
        [
            new(
                200,
                "A result per entry.",
                """
                {"results":[{"status":"applied","previous_score":1200,"score":1500,"previous_rank":7,"rank":3},
                 {"status":"validation","previous_score":null,"score":null,"previous_rank":null,"rank":null,"message":"user_id must be a string of 1 to 128 characters without control characters"}]}
                """,
                PhoenixJson.Shared.SubmissionBody),
        ],
        Errors = new Dictionary<int, string>
        {
            [400] = "The body has no array of 1 to 1000 entries.",
            [404] = "There is no such leaderboard.",
            [409] = "Every entry's idempotency key was used before with another body.",
        },
    };

    public static readonly RouteDoc Get = new(Tag, "getEntry", "Get a player's entry")
    {
        Query = [ParameterDoc.Window],
        Answers = [new(200, "The entry. Instants are shown to the microsecond when they have any.", Entry, PhoenixJson.Shared.EntryBody)],
        Errors = Errors,
    };

    public static readonly RouteDoc Remove = new(Tag, "removeEntry", "Remove a player's entry")
    {
        Description = "From one window; those below move up. A retry is answered 404.",
        Query = [ParameterDoc.Window],
        Answers = [new(200, "The removed entry.", Entry, PhoenixJson.Shared.EntryBody), new(204, "It was removed; it stood on no list, so there is nothing to show.", null)],
        Errors = new Dictionary<int, string>(Errors) { [409] = "The window no longer changes." },
    };
}
