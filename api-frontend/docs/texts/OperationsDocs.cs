using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend;

/// <summary>The operations' routes, described.</summary>
internal static class OperationsDocs
{
    private const string Tag = "Operations";

    public static readonly RouteDoc Health = new(Tag, "getHealth", "Ask whether the process is alive")
    {
        Answers = [new(200, "It is.", """{"status":"alive"}""")],
    };

    public static readonly RouteDoc Ready = new(Tag, "getReadiness", "Ask whether the process can serve")
    {
        Description = """
            A process that has begun to serve stays ready while storage is gone, since what is in memory can be read; then the status is
            `storage does not answer`.
            """,
        Answers =
        [
            new(200, "It can serve.", """{"status":"ready"}"""),
            new(503, "It cannot serve: it is stopping, or has not had an answer from storage yet.", """{"status":"storage does not answer"}"""),
        ],
    };

    public static readonly RouteDoc Nodes = new(Tag, "listNodes", "List the processes that make up this server")
    {
        Description = """
            For operators. In a cluster these are its silos, dead ones among them for an hour, and the gateway that answers if it is one;
            otherwise there is one process. `state` is `active` for those that do their work.
            """,
        Answers =
        [
            new(
                200,
                "The nodes.",
                """
                {"total":1,"nodes":[{"name":"laurel-0","address":"10.0.0.7:11111","role":"silo","state":"active","is_this":false,
                 "started_at":"2025-11-18T06:00:00Z","grains":1204,"cpu_percent":12.5,"memory_bytes":412000000}]}
                """,
                PhoenixJson.Shared.NodeListBody),
        ],
    };

    public static readonly RouteDoc Metrics = new(Tag, "getMetrics", "Get metrics in Prometheus' text format")
    {
        Answers = [new(200, "All metrics.", "# TYPE laurel_scores_total counter\nlaurel_scores_total{status=\"applied\"} 46934\n") { ContentType = "text/plain" }],
    };
}
