using Laurel.ApiFrontend.Rankora;

namespace Laurel.ApiFrontend;

/// <summary>The Rankora dialect, described.</summary>
internal static class RankoraDocs
{
    private const string Tag = "Rankora";
    private const string Player = "929f5200-0d3a-436c-b54b-eb281bf6b41a";

    private static readonly IReadOnlyList<ParameterDoc> Page =
    [
        new("limit", "How many entries: more than 50 counts as 50.", """{"type":"integer","minimum":1,"maximum":50,"default":5}"""),
        new("offset", "How many to pass over.", """{"type":"integer","minimum":0,"default":0}"""),
        new("order", "`asc` or `desc`; the board's own when left out. The other one lists from the other end.", """{"type":"string","enum":["asc","desc"]}"""),
    ];

    private static readonly Dictionary<int, string> NoBoard = new() { [404] = "The key's leaderboard does not exist, or is not shown." };

    public static readonly RouteDoc Usage = new(Tag, "getUsage", "Get what the tenant has used of its plan")
    {
        Description = "Requests of the calendar month (UTC), leaderboards and entries of the key's tenant. What is left of something unlimited is null.",
        Answers =
        [
            new(
                200,
                "The usage.",
                """{"currentRequests":150,"remainingRequests":850,"currentLeaderboards":5,"remainingLeaderboards":45,"currentEntries":1200,"remainingEntries":8800}""",
                RankoraJson.Shared.UsageBody),
        ],
    };

    public static readonly RouteDoc Board = new(Tag, "getRankoraLeaderboard", "Get the key's leaderboard")
    {
        Answers = [new(200, "The leaderboard.", """{"id":"high-scores","name":"High scores","sort_order":"desc","total_entries":128}""", RankoraJson.Shared.BoardBody)],
        Errors = NoBoard,
    };

    public static readonly RouteDoc List = new(Tag, "listRankoraEntries", "List entries")
    {
        Description = "Answered from a cache that is at most five seconds old: `X-Cache` says `HIT` or `MISS`.",
        Query = [.. Page, new("player_id", "Marks this player's entry with `is_current_player`.", """{"type":"string","format":"uuid"}""")],
        Answers =
        [
            new(
                200,
                "The entries.",
                """
                {"success":true,"entries":[
                  {"name":"PlayerOne","score":9500,"metadata":null,"rank":1,"updated_at":"2025-07-21T19:22:47.782875+00:00"},
                  {"name":"PlayerThree","score":4750,"metadata":null,"is_current_player":true,"rank":2,"updated_at":"2025-07-24T11:12:41.613156+00:00"}],
                 "pagination":{"limit":5,"offset":0,"total":2}}
                """,
                RankoraJson.Shared.ListBody),
        ],
        Errors = new Dictionary<int, string>(NoBoard) { [400] = "A parameter is no integer, or no order." },
    };

    public static readonly RouteDoc Submit = new(Tag, "submitRankoraEntry", "Create or update an entry")
    {
        Description = "Without `player_id` a new player is made; its id is in the answer. What becomes of an update is the board's aggregation: `last` on boards of the preset `rankora`.",
        Body = new(
            """
            {"type":"object","required":["name","score"],"properties":{
              "name":{"type":"string","minLength":3,"maxLength":50,"description":"Letters, digits, spaces, underscores, hyphens."},
              "score":{"type":"number"},
              "player_id":{"type":"string","format":"uuid"},
              "metadata":{"type":"object","maxProperties":10,"description":"Keys of at most 32 characters, primitive values of at most 64."}}}
            """,
            $$$"""{"name":"PlayerOne","score":1200,"player_id":"{{{Player}}}","metadata":{"character":"wizard","level":"12"}}"""),
        Answers = [new(200, "The entry is kept.", $$"""{"success":true,"player_id":"{{Player}}","rank":15}""", RankoraJson.Shared.SubmittedBody)],
        Errors = new Dictionary<int, string>(NoBoard) { [400] = "A field is wrong, the board takes no scores now, or the tenant's plan forbids it." },
    };

    public static readonly RouteDoc Get = new(Tag, "getRankoraEntry", "Get a player's entry")
    {
        Answers =
        [
            new(
                200,
                "The entry.",
                $$"""
                {"leaderboard_id":"high-scores","name":"Dummy Test 3","score":12.020123,"player_id":"{{Player}}","metadata":{"other":"value"},
                 "rank":12,"created_at":"2025-07-14T19:19:40.956582+00:00","updated_at":"2025-07-21T12:12:41.623156+00:00"}
                """,
                RankoraJson.Shared.RankoraEntryBody),
        ],
        Errors = new Dictionary<int, string> { [404] = "This player has no entry." },
    };

    public static readonly RouteDoc Remove = new(Tag, "removeRankoraEntry", "Remove a player's entry")
    {
        Answers = [new(200, "It is gone.", """{"success":true}""", RankoraJson.Shared.DoneBody)],
        Errors = new Dictionary<int, string> { [404] = "This player has no entry." },
    };

    public static readonly RouteDoc Ticket = new(Tag, "issueTicket", "Get a ticket for one event stream")
    {
        Description = "For browsers, whose `EventSource` cannot send headers: the ticket goes into the stream's query as `ticket`. It opens one stream within a minute, and reopens that one within ten minutes of a break.",
        Answers = [new(200, "The ticket.", """{"success":true,"ticket":"lrt_…","expires_in":60}""", RankoraJson.Shared.TicketBody)],
        Errors = new Dictionary<int, string> { [400] = "The tenant's plan has no realtime updates." },
    };

    public static readonly RouteDoc Stream = new(Tag, "streamEntries", "Follow entries as server-sent events")
    {
        Description = """
            Unnamed events with a JSON object each: `connected`, then `initial` with the entries asked for, then an `update` per entry that
            was made, changed or removed inside the window before or after the change, at most ten times a second; `error` is the last. A
            stream resumes from `Last-Event-ID`, or begins with `initial` again. The key may be in the query as `access_token` or `key`.
            """,
        Query =
        [
            .. Page,
            new("player_id", "Follows this player's entry alone.", """{"type":"string","format":"uuid"}"""),
            new("ticket", "A ticket in place of a key.", """{"type":"string"}"""),
        ],
        Answers =
        [
            new(
                200,
                "The stream.",
                "id: all_time:17\ndata: {\"type\":\"connected\",\"message\":\"Realtime connection established\",\"timestamp\":\"2025-01-01T00:00:00.000Z\",\"user_plan\":\"pro\"}\n\n")
            {
                ContentType = "text/event-stream",
            },
        ],
        Errors = new Dictionary<int, string>(NoBoard) { [400] = "A parameter is wrong, or the tenant's plan has no realtime updates." },
    };
}
