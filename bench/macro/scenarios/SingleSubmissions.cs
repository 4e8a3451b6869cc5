namespace Laurel.Bench.Macro;

/// <summary>
/// Requests with one score each: from as few connections as batches come from, and from as many as games have that send each score by
/// itself.
/// </summary>
internal static class SingleSubmissions
{
    private const double RateGoal = 0.5;

    private static readonly int[] Connections = [32, 256];

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context, PlainServers plain, LoadedBoard board)
    {
        foreach (var connections in Connections)
            await RunAsync(context, plain, board, connections);
    }

    private static async Task RunAsync(MacroContext context, PlainServers plain, LoadedBoard board, int connections)
    {
        var model = plain.Parsing("parse only, source-generated JSON", ParseVerb.SourceGenerated);
        var laurel = new Contestant("Laurel, SQLite FULL", board.Submitting(context.Settings.Subjects, 1), [board.Server.Process]);
        Contestant[] all = plain.HasRedis ? [model, laurel, plain.OnRedis("ASP.NET and Redis, appendfsync always")] : [model, laurel];
        await Contest.RunAsync(
            context, $"single scores from {connections} connections, in turns", all, new LoadShape(context.Settings.SingleRequests, 1, connections));

        context.Report.Add(new Table(
            $"Single scores, {connections} connections",
            ["endpoint", "requests/s", "CPU s per million requests", "against parse only", "p50 ms", "p99 ms"],
            [.. all.Select(one => Row(one, model))]));
        var ratio = laurel.RequestRate / model.RequestRate;
        context.Report.Add(new Goal(
            $"single-score requests/s from {connections} connections, against parse only", Figures.Times(ratio), "≥ 0.5 ×", ratio >= RateGoal));
    }

    private static IReadOnlyList<string> Row(Contestant one, Contestant model) =>
    [
        one.Name,
        Figures.Whole(one.RequestRate),
        Figures.Fine(one.CpuSecondsPerMillion),
        Figures.Times(one.RequestRate / model.RequestRate),
        Figures.Fine(one.MedianLatency),
        Figures.Fine(one.P99Latency),
    ];
}
