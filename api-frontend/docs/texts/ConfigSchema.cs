namespace Laurel.ApiFrontend;

/// <summary>The JSON Schema of a leaderboard's configuration.</summary>
internal static class ConfigSchema
{
    /// <summary>The schema. What depends on several fields stands in their descriptions.</summary>
    public const string Text = $"{{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{{{Scope},{Timeframe},{Scoring},{Ranking},{Submission}}}}}";

    private const string Filters = """
        {"type":"object","description":"Dotted path → one operator of eq, ne, in, nin, gt, gte, lt, lte, exists. All must hold.",
         "additionalProperties":{"type":"object","minProperties":1,"maxProperties":1}}
        """;

    private const string Scope = $$"""
        "scope":{"type":"object","additionalProperties":false,"properties":{"filters":{{Filters}} } }
        """;

    private const string Timeframe = """
        "timeframe":{"type":"object","additionalProperties":false,"properties":{
          "type":{"type":"string","enum":["hourly","daily","weekly","monthly","yearly","all_time","custom","manual"],"default":"all_time"},
          "timezone":{"type":"string","default":"UTC","description":"An IANA name."},
          "reset_time":{"type":"string","pattern":"^[0-2][0-9]:[0-5][0-9]$","default":"00:00"},
          "reset_day":{"description":"A weekday's English name, required for weekly; 1 to 31, clamped to the month, for monthly.","type":["string","integer"]},
          "starts_at":{"type":"string","format":"date-time","description":"Of custom."},
          "ends_at":{"type":"string","format":"date-time","description":"Of custom."},
          "grace_seconds":{"type":"integer","minimum":0,"default":300,"description":"How long after its end a window still takes events that belong to it."}}}
        """;

    private const string Scoring = $$"""
        "scoring":{"type":"object","additionalProperties":false,"properties":{
          "rules":{"type":"array","items":{"type":"object","required":["event_type","points_expression"],"additionalProperties":false,"properties":{
            "event_type":{"type":"string"},"points_expression":{"type":"string","maxLength":500},"conditions":{{Filters}} } } },
          "aggregation":{"type":"string","enum":["sum","max","min","last","first","count","avg","best"],"default":"sum"} } }
        """;

    private const string Ranking = """
        "ranking":{"type":"object","additionalProperties":false,"properties":{
          "method":{"type":"string","enum":["score_desc","score_asc"],"default":"score_desc"},
          "size":{"type":"integer","minimum":1,"maximum":1000000,"default":1000,"description":"How many places are listed; everyone can ask for their own."},
          "min_score":{"type":"number","description":"Entries below are not listed."}}}
        """;

    private const string Submission = """
        "submission":{"type":"object","additionalProperties":false,"properties":{
          "registry":{"type":"string","enum":["open","strict"],"default":"open","description":"strict: only registered players may stand."},
          "min_score":{"type":"number"},"max_score":{"type":"number"}}}
        """;
}
