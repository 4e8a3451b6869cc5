namespace Laurel.Bench.Macro;

/// <summary>Page reads inside the grain, beside steady writes whose commits are fast or take 50 ms longer: reads do not wait for commits.</summary>
internal static class ReadsInGrain
{
    // More than this and "unchanged" would be the wrong word.
    private const double Goal = 1.25;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(5);

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        context.Screen.Begin("reading pages inside the grain, with fast and slow commits");
        await using var server = await InnerServer.StartAsync(context, "grain", context.Settings.GrainSubjects);
        await ReadAsync(context, server, TimeSpan.Zero, writes: true);

        List<Latencies> alone = [], fast = [], slow = [];
        for (var round = 0; round < context.Settings.Rounds; round++)
        {
            alone.Add(await ReadAsync(context, server, TimeSpan.Zero, writes: false));
            fast.Add(await ReadAsync(context, server, TimeSpan.Zero, writes: true));
            slow.Add(await ReadAsync(context, server, Delay, writes: true));
            context.Screen.Progress(round + 1, context.Settings.Rounds);
        }

        context.Report.Add(new Table(
            "Page reads inside the grain (100 entries, 1,000 a second)",
            ["beside 20,000 scores/s", "p50 ms", "p99 ms"],
            [Row("no writes at all", alone), Row("commits as fast as the disk", fast), Row("commits delayed by 50 ms", slow)],
            $"Medians of {context.Settings.Rounds} alternating rounds."));
        var ratio = Median(slow, static round => round.P99) / Median(fast, static round => round.P99);
        context.Report.Add(new Goal("p99 of a page read in the grain with commits 50 ms late, against fast ones", Figures.Times(ratio), "unchanged (≤ 1.25 ×)", ratio <= Goal));
    }

    private static IReadOnlyList<string> Row(string name, List<Latencies> rounds) =>
        [name, Figures.Fine(Median(rounds, static round => round.Median)), Figures.Fine(Median(rounds, static round => round.P99))];

    private static double Median(List<Latencies> rounds, Func<Latencies, double> value) => Figures.Median(rounds.Select(value));

    private static async Task<Latencies> ReadAsync(MacroContext context, InnerServer server, TimeSpan delay, bool writes)
    {
        server.Store.CommitDelay = delay;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        var writing = writes ? Task.Run(() => WriteAsync(context, server, end.Token)) : Task.CompletedTask;
        var latencies = await Task.Run(() => ReadPagesAsync(context, server));
        await end.CancelAsync();
        await writing;
        context.Cancellation.ThrowIfCancellationRequested();
        return new Latencies(Figures.Percentile(latencies, 0.5), Figures.Percentile(latencies, 0.99));
    }

    private static async Task<List<double>> ReadPagesAsync(MacroContext context, InnerServer server)
    {
        List<double> latencies = [];
        var random = new Random(context.Settings.Seed);
        using var timer = new PeriodicTimer(BetweenReads, context.Clock);
        for (var since = context.Clock.GetTimestamp(); context.Clock.GetElapsedTime(since).TotalSeconds < context.Settings.GrainSeconds;)
        {
            await timer.WaitForNextTickAsync(context.Cancellation);
            SpinFor(context.Clock, BetweenReads * random.NextDouble());
            var begun = context.Clock.GetTimestamp();
            await server.ReadPageAsync();
            latencies.Add(context.Clock.GetElapsedTime(begun).TotalMilliseconds);
        }

        return latencies;
    }

    /// <summary>
    /// The timers of a process ring together: a read on the tick meets the batch and the late commit of the same tick, every time, and
    /// one that comes by itself does not.
    /// </summary>
    private static void SpinFor(TimeProvider clock, TimeSpan time)
    {
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < time;)
            Thread.SpinWait(10);
    }

    /// <summary>Submits at a steady rate, however long the answers take.</summary>
    private static async Task WriteAsync(MacroContext context, InnerServer server, CancellationToken end)
    {
        var maker = new BatchMaker(context.Settings.GrainSubjects, context.Settings.Seed, context.Clock);
        List<Task> underWay = [];
        using var timer = new PeriodicTimer(BetweenWrites, context.Clock);
        while (!end.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            underWay.RemoveAll(static task => task.IsCompletedSuccessfully);
            underWay.Add(server.SubmitAsync(maker.Random()));
        }

        await Task.WhenAll(underWay);
    }

    private readonly record struct Latencies(double Median, double P99);
}
