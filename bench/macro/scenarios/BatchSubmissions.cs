namespace Laurel.Bench.Macro;

/// <summary>Batches of 100 scores of random players, from 32 connections.</summary>
internal static class BatchSubmissions
{
    private const int BatchSize = 100;
    private const int Connections = 32;
    private const double CpuGoal = 4;
    private const double RateGoal = 3;

    /// <summary>Measures and reports it.</summary>
    public static async Task<BatchFigures> RunAsync(MacroContext context, PlainServers plain, LoadedBoard board)
    {
        var model = plain.Parsing("parse only, source-generated JSON", ParseVerb.SourceGenerated);
        var reader = plain.Parsing("parse only, Utf8JsonReader", ParseVerb.Reader);
        var unparsed = plain.Parsing("body read, not parsed", ParseVerb.Unparsed);
        var laurel = new Contestant("Laurel, SQLite FULL", board.Submitting(context.Settings.Subjects, BatchSize), [board.Server.Process]);
        var redis = plain.HasRedis ? plain.OnRedis("ASP.NET and Redis, appendfsync always") : null;
        IReadOnlyList<Contestant> all = redis is null ? [unparsed, model, reader, laurel] : [unparsed, model, reader, laurel, redis];

        var loadCpu = context.Load.CpuTime;
        await Contest.RunAsync(context, "batches of 100 from 32 connections, in turns", all, new LoadShape(context.Settings.BatchRequests, BatchSize, Connections));
        var scores = (double)all.Count * Contest.Turns(context) * context.Settings.BatchRequests * BatchSize;
        var loadSeconds = (context.Load.CpuTime - loadCpu).TotalSeconds / scores * 1e6;

        context.Report.Add(new Table(
            "Batches of 100 scores, 32 connections",
            ["endpoint", "scores/s", "CPU s per million scores", "of that the HTTP server", "against parse only", "p50 ms", "p99 ms"],
            [.. all.Select(one => Row(one, model))],
            $"Scores per second and latencies are medians of {context.Settings.Rounds} alternating rounds, CPU time is that of all rounds. "
            + $"The load generator shares the cores and takes another {Figures.Fine(loadSeconds)} CPU s per million scores."));
        AddGoals(context.Report, model, laurel, redis);
        return new BatchFigures(laurel.RequestRate, laurel.CpuSecondsPerMillion * 1000, unparsed.CpuSecondsPerMillion * 1000);
    }

    private static IReadOnlyList<string> Row(Contestant one, Contestant model) =>
    [
        one.Name,
        Figures.Whole(one.ScoreRate),
        Figures.Fine(one.CpuSecondsPerMillion),
        Figures.Fine(one.HttpCpuSecondsPerMillion),
        Figures.Times(one.CpuSecondsPerMillion / model.CpuSecondsPerMillion),
        Figures.Fine(one.MedianLatency),
        Figures.Fine(one.P99Latency),
    ];

    private static void AddGoals(Report report, Contestant model, Contestant laurel, Contestant? redis)
    {
        var cpu = laurel.CpuSecondsPerMillion / model.CpuSecondsPerMillion;
        report.Add(new Goal("CPU per durable score, against parse only", Figures.Times(cpu), "≤ 4 × (aim 2.5 ×)", cpu <= CpuGoal));
        if (redis is null)
            return;
        var rate = laurel.ScoreRate / redis.ScoreRate;
        report.Add(new Goal("durable scores/s, against ASP.NET and Redis", Figures.Times(rate), "≥ 3 × (aim 5 ×)", rate >= RateGoal));
    }
}

/// <summary>What other scenarios build on.</summary>
/// <param name="RequestRate">The most batches per second that Laurel took.</param>
/// <param name="LaurelNanoseconds">CPU time per score.</param>
/// <param name="HttpNanoseconds">CPU time per score of an endpoint that reads the body and answers.</param>
internal sealed record BatchFigures(double RequestRate, double LaurelNanoseconds, double HttpNanoseconds);
