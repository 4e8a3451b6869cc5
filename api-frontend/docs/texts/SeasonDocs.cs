using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The season routes, described.</summary>
internal static class SeasonDocs
{
    private const string Tag = "Seasons";

    private const string Season = """
        {"season_id":"spring-cup","window_key":"spring-cup","starts_at":"2025-11-18T09:00:00Z","ends_at":null,"state":"open","late_events":0}
        """;

    public static readonly RouteDoc List = new(Tag, "listSeasons", "List a leaderboard's seasons")
    {
        Description = "Newest first. `state` is `announced`, `open`, `ended` or `sealed`. `late_events` counts the events that came after the season's grace: they are ignored.",
        Query = [ParameterDoc.Limit, ParameterDoc.Offset],
        Answers = [new(200, "A page of seasons.", $$"""{"total":1,"seasons":[{{Season}}]}""", PhoenixJson.Shared.SeasonListBody)],
        Errors = new Dictionary<int, string> { [400] = "`limit` or `offset` is out of range.", [404] = "There is no such leaderboard." },
    };

    public static readonly RouteDoc Open = new(Tag, "openSeason", "Open a season of a manual leaderboard")
    {
        Body = new(
            """
            {"type":"object","required":["season_id"],"additionalProperties":false,"properties":{
              "season_id":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},
              "starts_at":{"type":["string","null"],"format":"date-time","description":"Now when left out."},
              "ends_at":{"type":["string","null"],"format":"date-time","description":"Until it is closed when left out."}}}
            """,
            """{"season_id":"spring-cup"}"""),
        Answers = [new(201, "The season.", Season, PhoenixJson.Shared.SeasonBody)],
        Errors = new Dictionary<int, string>
        {
            [400] = "The body breaks a rule, or the leaderboard is not manual.",
            [404] = "There is no such leaderboard.",
            [409] = "The id was used before, or another season is open or announced.",
        },
    };

    public static readonly RouteDoc Close = new(Tag, "closeSeason", "Close a season of a manual leaderboard")
    {
        Description = "It takes no more submissions when this answers. Closing one that has ended changes nothing.",
        Answers = [new(200, "The season.", Season, PhoenixJson.Shared.SeasonBody)],
        Errors = new Dictionary<int, string>
        {
            [400] = "The leaderboard is not manual.",
            [404] = "There is no such leaderboard or season.",
        },
    };
}
