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
        Answers =
        [
            new(200, "Storage answers and the process is not stopping.", """{"status":"ready"}"""),
            new(503, "It cannot serve now.", """{"status":"storage does not answer"}"""),
        ],
    };

    public static readonly RouteDoc Metrics = new(Tag, "getMetrics", "Get metrics in Prometheus' text format")
    {
        Answers = [new(200, "All metrics.", "# TYPE laurel_scores_total counter\nlaurel_scores_total{status=\"applied\"} 46934\n") { ContentType = "text/plain" }],
    };
}
