using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The query routes, described.</summary>
internal static class QueryDocs
{
    private const string Tag = "Queries";

    private const string Window = """
        "leaderboard_id":"race-weekly","tenant_id":"acme","window_key":"2025-W47","window_start":"2025-11-17T09:00:00Z","window_end":"2025-11-24T09:00:00Z","total":2
        """;

    private const string First = """{"rank":1,"user_id":"u-17","name":"Ada","score":1500,"updated_at":"2025-11-18T09:15:43.000112Z","metadata":null}""";

    private const string Second = """{"rank":2,"user_id":"u-18","name":null,"score":12.020123,"updated_at":"2025-11-18T09:20:00Z","metadata":{"car":"blue"}}""";

    private const string Hidden = "Boards that are not active are hidden from board and embed keys; archived ones are read through their snapshots.";

    private static readonly Dictionary<int, string> Errors = new()
    {
        [400] = "A parameter or the user id is not valid; `details` names it.",
        [404] = "There is no such leaderboard or window, or the player has no entry in it.",
    };

    public static readonly RouteDoc Page = new(Tag, "getStandings", "Get a page of the standings")
    {
        Description = Hidden,
        Query = [ParameterDoc.Limit, ParameterDoc.Offset, ParameterDoc.WindowKey, ParameterDoc.Ranks],
        Answers = [new(200, "The page.", $$"""{{{Window}},"entries":[{{First}},{{Second}}],"limit":100,"offset":0}""", PhoenixJson.Shared.PageBody)],
        Errors = new Dictionary<int, string> { [400] = "A parameter is out of range.", [404] = "There is no such leaderboard or window." },
    };

    public static readonly RouteDoc User = new(Tag, "getNeighbours", "Get a player with the neighbours")
    {
        Description = $"`user` is the player, `entries` the neighbours in rank order with the player among them. {Hidden}",
        Query = [ParameterDoc.Around, ParameterDoc.WindowKey, ParameterDoc.Ranks],
        Answers = [new(200, "The player and the neighbours.", $$"""{{{Window}},"user":{{Second}},"entries":[{{First}},{{Second}}]}""", PhoenixJson.Shared.NeighbourhoodBody)],
        Errors = Errors,
    };

    public static readonly RouteDoc Rank = new(Tag, "getRank", "Get a player's rank")
    {
        Description = Hidden,
        Query = [ParameterDoc.WindowKey, ParameterDoc.Ranks],
        Answers =
        [
            new(
                200,
                "The rank.",
                """{"leaderboard_id":"race-weekly","tenant_id":"acme","window_key":"2025-W47","user_id":"u-18","rank":2,"total":2}""",
                PhoenixJson.Shared.RankBody),
        ],
        Errors = Errors,
    };

    public static readonly RouteDoc Score = new(Tag, "getScore", "Get a player's score")
    {
        Description = Hidden,
        Query = [ParameterDoc.WindowKey],
        Answers =
        [
            new(
                200,
                "The score.",
                """{"leaderboard_id":"race-weekly","tenant_id":"acme","window_key":"2025-W47","user_id":"u-18","score":12.020123,"updated_at":"2025-11-18T09:20:00Z"}""",
                PhoenixJson.Shared.ScoreBody),
        ],
        Errors = Errors,
    };

    public static readonly RouteDoc Socket = new(Tag, "followLeaderboard", "Follow a leaderboard over a WebSocket")
    {
        Description = """
            Every message is a JSON object with its kind in `type`. The server begins with a `snapshot` of the first 100 places, then sends
            an `update` with the changed rows at most ten times a second, `window_closed` when a window ends (`final: false`) and when it is
            sealed (`final: true`), and `error`. The client may send `{"type":"configure","page":2,"page_size":50,"filter":{"type":"top_n","n":500},"window_key":"2025-W47"}`
            to follow another part, which comes as a `snapshot`, and `{"type":"request_page","page":3,"page_size":50}`, which is answered by
            one `page`. A key may stand in the query as `access_token`;
            a tenant may sign instead: `timestamp` and `signature` over `WS\nPATH\nTIMESTAMP`. A ping comes after 30 seconds without messages.
            """,
        Answers = [new(101, "The protocol is switched.", null)],
        Errors = new Dictionary<int, string> { [400] = "The request is no WebSocket's.", [404] = "There is no such leaderboard." },
    };
    public static readonly RouteDoc Stream = new(Tag, "streamLeaderboard", "Follow a leaderboard as server-sent events")
    {
        Description = """
            The messages that the WebSocket sends, as unnamed events: a `snapshot` of the page, then `update`, `window_closed` and `error`.
            Those about a state have an id; whoever comes back with the last one in `Last-Event-ID`, as `EventSource` does, is told what was
            missed as one `update`, or gets a `snapshot` when that is not known any more. A comment every 15 seconds keeps proxies awake. A
            key may stand in the query as `access_token`.
            """,
        Query =
        [
            new("page", "Which page, from 1.", """{"type":"integer","minimum":1,"maximum":1000000,"default":1}"""),
            new("page_size", "How many places a page has.", """{"type":"integer","minimum":1,"maximum":1000,"default":100}"""),
        ],
        Answers =
        [
            new(
                200,
                "The stream.",
                "id: all_time:17\ndata: {\"type\":\"update\",\"window_key\":\"all_time\",\"sequence\":17,\"total\":2,\"changes\":[{\"type\":\"UPDATE\",\"user_id\":\"u-17\",\"name\":\"Ada\",\"score\":1500,\"old_score\":1400,\"rank\":1,\"old_rank\":2}]}\n\n")
            {
                ContentType = "text/event-stream",
            },
        ],
        Errors = new Dictionary<int, string> { [400] = "A parameter is out of range.", [404] = "There is no such leaderboard." },
    };
}
