using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The event routes, described.</summary>
internal static class EventDocs
{
    private const string Tag = "Events";

    private const string Event = """
        {"type":"object","required":["event_id","event_type","actor","timestamp"],"properties":{
          "event_id":{"type":"string","minLength":1,"maxLength":128,"description":"Unique in the tenant: a repeat within 24 hours is accepted and ignored."},
          "event_type":{"type":"string","minLength":1,"maxLength":128},
          "actor":{"type":"object","required":["id"],"properties":{
            "id":{"type":"string","minLength":1,"maxLength":128},
            "name":{"type":"string","minLength":1,"maxLength":128},
            "metadata":{"type":"object","description":"At most 4 KB."}}},
          "attrs":{"type":"object","description":"What rules and filters look at. `attributes` is another name for it. At most 1000 attributes, counting those of actor.metadata."},
          "timestamp":{"type":"string","format":"date-time","description":"When it happened: decides the window. Not in the future."},
          "tenant_id":{"type":"string","description":"Means something with an admin key alone."}}}
        """;

    private const string Example = """
        {"event_id":"match-8841-ada","event_type":"match.completed","actor":{"id":"u-17","name":"Ada","metadata":{"region":"eu"}},
         "attrs":{"score":120,"victory":true,"mode":"ranked"},"timestamp":"2025-11-18T09:15:42Z"}
        """;

    private static readonly Dictionary<int, string> Errors = new()
    {
        [400] = "`VALIDATION_001`: something is missing or wrong; nothing is accepted.",
        [404] = "`NOT_FOUND_001`: there is no such tenant.",
        [429] = "`RATE_LIMIT_001`: the key's rate limit is used up, or more events wait to be scored than may wait. Nothing is accepted; `Retry-After` says after how many seconds to send the same again.",
    };

    public static readonly RouteDoc Post = new(Tag, "postEvent", "Send an event")
    {
        Description = """
            The answer means that the event is durable. It is then tried on the rules of every active leaderboard of the tenant, and shows
            in each that it matches within a second. An event counts for the window that its timestamp lies in, also after that window's
            end while its grace lasts; one that comes later is ignored.

            Errors of this family are flat: `{"error":"…","code":"VALIDATION_001"}`.
            """,
        Body = new(Event, Example),
        Answers = [new(202, "The event is durable.", """{"status":"accepted","event_id":"match-8841-ada"}""", PhoenixJson.Shared.EventAcceptedBody)],
        Errors = Errors,
    };

    public static readonly RouteDoc PostBulk = new(Tag, "postEvents", "Send events")
    {
        Description = "1 to 100 events, in order, all or none: one that is wrong refuses the call, with its `index`.",
        Body = new(
            """{"type":"object","required":["events"],"properties":{"events":{"type":"array","minItems":1,"maxItems":100,"items":""" + Event + "}}}",
            $$"""{"events":[{{Example}}]}"""),
        Answers =
        [
            new(
                202,
                "The events are durable. A result is `accepted` or `duplicate`.",
                """{"status":"accepted","accepted":1,"duplicates":0,"results":[{"status":"accepted","event_id":"match-8841-ada"}]}""",
                PhoenixJson.Shared.EventsAcceptedBody),
        ],
        Errors = Errors,
    };
}
