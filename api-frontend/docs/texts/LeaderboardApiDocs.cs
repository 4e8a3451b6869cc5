using Laurel.ApiFrontend.LeaderboardApi;

namespace Laurel.ApiFrontend;

/// <summary>The LeaderboardAPI dialect, described.</summary>
internal static class LeaderboardApiDocs
{
    private const string Tag = "LeaderboardAPI";
    private const string Team = """{"teamName":"A Team","id":"301456732910846354678231","createdAt":"2025-08-01T12:00:00.000Z","modifiedAt":"2025-08-01T12:00:00.000Z"}""";
    private const string NameSchema = """{"type":"object","required":["teamName"],"properties":{"teamName":{"type":"string","minLength":1,"maxLength":128}}}""";
    private const string ByToken = "Takes the token in `Authorization: Bearer`.";
    private const string ById = "The id cannot be guessed, so no token is needed; one that is sent must be good.";

    private static readonly Dictionary<int, string> NoTeam = new() { [404] = "There is no such team, or it is another tenant's." };
    private static readonly Dictionary<int, string> NoBoard = new() { [404] = "There is no such leaderboard, or it is another tenant's." };

    public static readonly RouteDoc Ping = new(Tag, "ping", "Whether the API is ready")
    {
        Answers = [new(200, "It is.", """{"status":"OK"}""", LeaderboardApiJson.Shared.PingBody), new(500, "Storage cannot be reached.", """{"status":"NOT OK"}""", LeaderboardApiJson.Shared.PingBody)],
    };

    public static readonly RouteDoc Token = new(Tag, "getToken", "Get a token")
    {
        Description = "The headers `x-api-key`, `x-client-id` and `x-client-secret` are those of one client key. The token is good for 120 minutes, and no longer than the key.",
        Answers = [new(200, "The token.", """{"authToken":"eyJ…"}""", LeaderboardApiJson.Shared.TokenBody)],
        Errors = new Dictionary<int, string> { [401] = "The three do not belong together." },
    };

    public static readonly RouteDoc ListTeams = new(Tag, "listTeams", "List the client's teams")
    {
        Description = ByToken,
        Answers = [new(200, "The teams.", $"[{Team}]", LeaderboardApiJson.Shared.TeamBodyArray)],
    };

    public static readonly RouteDoc CreateTeam = new(Tag, "createTeam", "Create a team")
    {
        Description = ByToken + """ The name may stand in `team` too: `{"team":{"teamName":"A Team"}}`.""",
        Body = new(NameSchema, """{"teamName":"A Team"}"""),
        Answers = [new(201, "The team.", Team, LeaderboardApiJson.Shared.TeamBody)],
        Errors = new Dictionary<int, string> { [400] = "The name is missing or too long." },
    };

    public static readonly RouteDoc GetTeam = new(Tag, "getTeam", "Get a team")
    {
        Description = ById,
        Answers = [new(200, "The team.", Team, LeaderboardApiJson.Shared.TeamBody)],
        Errors = NoTeam,
    };

    public static readonly RouteDoc RenameTeam = new(Tag, "renameTeam", "Rename a team")
    {
        Description = $"{ByToken} The boards show the new name.",
        Body = new($$$"""{"type":"object","required":["team"],"properties":{"team":{{{NameSchema}}}}}""", """{"team":{"teamName":"B Team"}}"""),
        Answers = [new(200, "It has the name.", null)],
        Errors = new Dictionary<int, string>(NoTeam) { [400] = "The name is missing or too long." },
    };

    public static readonly RouteDoc DeleteTeam = new(Tag, "deleteTeam", "Delete a team")
    {
        Description = $"{ByToken} It leaves its boards.",
        Answers = [new(201, "It is gone.", null)],
        Errors = NoTeam,
    };

    public static readonly RouteDoc CreateBoard = new(Tag, "createTeamLeaderboard", "Create a leaderboard of teams")
    {
        Description = $"{ByToken} Teams are ids, objects with an `id`, or objects with a `teamName`, which make a team.",
        Body = new(
            """{"type":"object","required":["teams"],"properties":{"name":{"type":"string","minLength":1,"maxLength":128},"teams":{"type":"array","maxItems":1000,"items":{}}}}""",
            """{"name":"leaderboard name","teams":["301456732910846354678231",{"teamName":"B Team"}]}"""),
        Answers =
        [
            new(
                201,
                "The leaderboard.",
                """{"name":"leaderboard name","id":"812378934567810293847561","createdAt":"2025-08-01T12:00:00.000Z","modifiedAt":"2025-08-01T12:00:00.000Z"}""",
                LeaderboardApiJson.Shared.NewBoardBody),
        ],
        Errors = new Dictionary<int, string> { [400] = "A team is unknown, and nothing is made; or a field is wrong, or the tenant's plan forbids it." },
    };

    public static readonly RouteDoc GetBoard = new(Tag, "getTeamLeaderboard", "Get a leaderboard with its teams")
    {
        Description = ById,
        Answers =
        [
            new(
                200,
                "The leaderboard.",
                """
                {"name":"leaderboard name","id":"812378934567810293847561","createdAt":"2025-08-01T12:00:00.000Z","modifiedAt":"2025-08-01T12:00:00.000Z",
                 "teams":[{"id":"301456732910846354678231","teamName":"A Team","score":12.5,"rank":1}]}
                """,
                LeaderboardApiJson.Shared.TeamBoardBody),
        ],
        Errors = NoBoard,
    };

    public static readonly RouteDoc Score = new(Tag, "changeTeamScores", "Change scores of a leaderboard")
    {
        Description = $"{ByToken} In order, all or none: `add`, `subtract` or `set` for each.",
        Body = new(
            """
            {"type":"object","required":["scores"],"properties":{"scores":{"type":"array","minItems":1,"maxItems":1000,"items":{
              "type":"object","required":["teamId"],"properties":{"teamId":{"type":"string"},"add":{"type":"number"},"subtract":{"type":"number"},"set":{"type":"number"}}}}}}
            """,
            """{"scores":[{"teamId":"301456732910846354678231","add":12.5}]}"""),
        Answers =
        [
            new(
                201,
                "The scores, in the request's order.",
                """[{"id":"301456732910846354678231","score":12.5,"teamName":"A Team","leaderboardId":"812378934567810293847561"}]""",
                LeaderboardApiJson.Shared.TeamScoreBodyArray),
        ],
        Errors = new Dictionary<int, string>(NoBoard) { [400] = "A team does not belong to the leaderboard, and nothing is changed; or a score is malformed." },
    };
}
