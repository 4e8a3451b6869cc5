namespace Laurel.ApiFrontend;

/// <summary>The CrazyGames dialect, described.</summary>
internal static class CrazyGamesDocs
{
    public static readonly RouteDoc Submit = new("CrazyGames", "submitScores", "Submit scores in the CrazyGames dialect")
    {
        Description = """
            1 to 100 scores for the leaderboard that the game key is bound to. The form of all scores is checked first: if any is wrong,
            nothing is processed and the answer is 400. Then each score is applied by itself, in order; `errors` lists those that failed,
            each with the submitted object exactly as received and a `type`: `user-not-found`, `privacy-disabled`, `validation`,
            `no-active-season` or `internal-server-error`.
            """,
        Body = new(
            """
            {"type":"object","required":["scores"],"properties":{"scores":{"type":"array","minItems":1,"maxItems":100,"items":{
              "type":"object","required":["userId","score","timestamp"],"properties":{
                "userId":{"type":"string","minLength":1,"maxLength":128},
                "score":{"type":"number"},
                "timestamp":{"type":"string","format":"date-time","description":"When the score was achieved: date, time and zone. Not in the future."}}}}}}
            """,
            """{"scores":[{"userId":"user-1","score":1500,"timestamp":"2026-04-07T12:39:32.989Z"},{"userId":"user-2","score":3,"timestamp":"2026-04-07T12:39:32.989Z"}]}"""),
        Answers =
        [
            new(
                200,
                "The scores were processed; `errors` lists those that failed.",
                """
                {"success":false,"total":2,"successCount":1,"failureCount":1,
                 "errors":[{"score":{"userId":"user-2","score":3,"timestamp":"2026-04-07T12:39:32.989Z"},"type":"user-not-found"}]}
                """),
        ],
        Errors = new Dictionary<int, string> { [400] = "The body has no array of 1 to 100 scores, or a score's form is wrong: then the answer is as in 200, with `type` `validation`." },
    };
}
