using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The snapshot routes, described.</summary>
internal static class SnapshotDocs
{
    private const string Tag = "Snapshots";

    private const string Window = """
        "leaderboard_id":"race-weekly","tenant_id":"acme","window_key":"2025-W47","window_start":"2025-11-17T09:00:00Z","window_end":"2025-11-24T09:00:00Z","total":1,"final":true
        """;

    private const string Entry = """{"rank":1,"user_id":"u-17","name":"Ada","score":1500,"updated_at":"2025-11-18T09:15:43.000112Z","metadata":null}""";

    private const string Kept = """
        The final standings of a window, as many places as the board lists, are written when it is sealed: at its end plus grace. From then
        on `final` is true, and they stay readable when the board is archived or deleted. Before that these are the standings so far.
        """;

    private static readonly ParameterDoc From = new(
        "from", "Only windows that end after this date or instant.", """{"type":"string","format":"date-time"}""");

    private static readonly ParameterDoc To = new(
        "to", "Only windows that start before this date or instant.", """{"type":"string","format":"date-time"}""");

    public static readonly RouteDoc List = new(Tag, "listSnapshots", "List the windows that have ended")
    {
        Description = $"The newest first. {Kept}",
        Query = [From, To, ParameterDoc.Limit, ParameterDoc.Incarnation],
        Answers =
        [
            new(
                200,
                "The windows.",
                """
                {"leaderboard_id":"race-weekly","tenant_id":"acme","total":1,"snapshots":[
                 {"window_key":"2025-W47","window_start":"2025-11-17T09:00:00Z","window_end":"2025-11-24T09:00:00Z","total":1,"final":true}]}
                """,
                PhoenixJson.Shared.SnapshotListBody),
        ],
        Errors = new Dictionary<int, string> { [400] = "A parameter is not valid.", [404] = "There never was such a leaderboard." },
    };

    public static readonly RouteDoc Page = new(Tag, "getSnapshot", "Get a page of a window's final standings")
    {
        Description = Kept,
        Query = [ParameterDoc.Limit, ParameterDoc.Offset, ParameterDoc.Incarnation],
        Answers = [new(200, "The page.", $$"""{{{Window}},"entries":[{{Entry}}],"limit":100,"offset":0}""", PhoenixJson.Shared.SnapshotPageBody)],
        Errors = new Dictionary<int, string> { [400] = "A parameter is not valid.", [404] = "There is no such leaderboard or window." },
    };

    public static readonly RouteDoc User = new(Tag, "getSnapshotOfPlayer", "Get a player's final place with the neighbours")
    {
        Description = Kept,
        Query = [ParameterDoc.Around, ParameterDoc.Incarnation],
        Answers =
        [
            new(200, "The player and the neighbours.", $$"""{{{Window}},"user":{{Entry}},"entries":[{{Entry}}]}""", PhoenixJson.Shared.SnapshotUserBody),
        ],
        Errors = new Dictionary<int, string> { [400] = "A parameter is not valid.", [404] = "There is no such leaderboard, window or player in it." },
    };
}
