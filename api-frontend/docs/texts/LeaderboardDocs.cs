using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The leaderboard routes, described.</summary>
internal static class LeaderboardDocs
{
    private const string Tag = "Leaderboards";

    private const string Config = """
        {"scope":{"filters":{"actor.metadata.region":{"in":["na","eu"]}}},
         "timeframe":{"type":"weekly","timezone":"UTC","reset_day":"monday","reset_time":"00:00","grace_seconds":300},
         "scoring":{"rules":[{"event_type":"match.completed","points_expression":"attrs.score","conditions":{"attrs.victory":{"eq":true}}}],"aggregation":"sum"},
         "ranking":{"method":"score_desc","size":1000,"min_score":0},
         "submission":{"registry":"open"}}
        """;

    private const string Board = $$"""
        {"leaderboard_id":"xp-weekly-global","tenant_id":"acme","name":"Global Weekly XP","description":"Weekly XP race across all regions",
         "status":"active","version":1,"config":{{Config}},"created_at":"2025-08-01T12:00:00Z","updated_at":"2025-08-01T12:00:00Z"}
        """;

    private const string List = $$"""{"total":1,"leaderboards":[{{Board}}]}""";

    public static readonly RouteDoc ListOwn = new(Tag, "listAllLeaderboards", "List all leaderboards")
    {
        Description = "All tenants' for admin keys, sorted by tenant and id; a tenant key sees its own.",
        Query = [ParameterDoc.Limit, ParameterDoc.Offset],
        Answers = [new(200, "A page of leaderboards.", List, PhoenixJson.Shared.LeaderboardListBody)],
        Errors = new Dictionary<int, string> { [400] = "`limit` or `offset` is out of range." },
    };

    public static readonly RouteDoc ListTenants = new(Tag, "listLeaderboards", "List a tenant's leaderboards")
    {
        Description = "Sorted by id.",
        Query = [ParameterDoc.Limit, ParameterDoc.Offset],
        Answers = [new(200, "A page of leaderboards.", List, PhoenixJson.Shared.LeaderboardListBody)],
        Errors = new Dictionary<int, string> { [400] = "`limit` or `offset` is out of range.", [404] = "There is no such tenant." },
    };

    public static readonly RouteDoc Create = new(Tag, "createLeaderboard", "Create a leaderboard")
    {
        Description = """
            Parts of `config` that are left out have defaults: no scope, `all_time`, no rules with aggregation `sum`, `score_desc` of size
            1000, open register. `preset` fills them otherwise: `crazygames` (strict register, weekly from Monday 09:00 UTC, `best`) or
            `rankora` (`all_time`, `last`). The answer shows the whole configuration in force, which is fixed for the board's life.
            """,
        Body = new(
            $$$"""
            {"type":"object","required":["leaderboard_id"],"additionalProperties":false,"properties":{
              "leaderboard_id":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},
              "tenant_id":{"type":"string","description":"Must match the URL when it is there."},
              "name":{"type":"string","minLength":1,"maxLength":200,"description":"Shown to people; the id when left out."},
              "description":{"type":"string","maxLength":2000},
              "preset":{"type":"string","enum":["crazygames","rankora"]},
              "config":{{{ConfigSchema.Text}}}}}
            """,
            $$"""
            {"leaderboard_id":"xp-weekly-global","tenant_id":"acme","name":"Global Weekly XP","description":"Weekly XP race across all regions",
             "config":{{Config}}}
            """),
        Answers = [new(201, "The leaderboard, active and of version 1.", Board, PhoenixJson.Shared.LeaderboardBody)],
        Errors = new Dictionary<int, string>
        {
            [400] = "The body or the configuration breaks a rule. The first mistake is the `message`; `details` names each with its path.",
            [404] = "There is no such tenant.",
            [409] = "The tenant has a leaderboard of that id.",
        },
    };

    public static readonly RouteDoc Get = new(Tag, "getLeaderboard", "Get a leaderboard")
    {
        Answers = [new(200, "The leaderboard.", Board, PhoenixJson.Shared.LeaderboardBody)],
        Errors = new Dictionary<int, string> { [404] = "There is no such leaderboard." },
    };

    public static readonly RouteDoc Update = new(Tag, "updateLeaderboard", "Change a leaderboard's name, description or status")
    {
        Description = """
            `inactive` refuses scores and hides the board from players; operators go on reading. `archived` leaves only its snapshots to be
            read. The configuration cannot be changed: create a new leaderboard. Each change raises `version`.
            """,
        Body = new(
            """
            {"type":"object","minProperties":1,"additionalProperties":false,"properties":{
              "name":{"type":"string","minLength":1,"maxLength":200},
              "description":{"type":"string","maxLength":2000},
              "status":{"type":"string","enum":["active","inactive","archived"]}}}
            """,
            """{"name":"Updated Display Name","status":"inactive"}"""),
        Answers = [new(200, "The leaderboard as it is now.", Board, PhoenixJson.Shared.LeaderboardBody)],
        Errors = new Dictionary<int, string> { [400] = "The body breaks a rule, or has `config`.", [404] = "There is no such leaderboard." },
    };

    public static readonly RouteDoc Delete = new(Tag, "deleteLeaderboard", "Delete a leaderboard")
    {
        Description = "What its seasons held stays readable as snapshots. A retry is answered 404.",
        Answers = [new(200, "The removed leaderboard.", Board, PhoenixJson.Shared.LeaderboardBody)],
        Errors = new Dictionary<int, string> { [404] = "There is no such leaderboard." },
    };
}
