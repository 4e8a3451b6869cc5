using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>Registers the sample's players and submits their scores through the public API.</summary>
internal static class DemoLoad
{
    private const int WindowSize = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Loads all of it. A repetition changes nothing.</summary>
    /// <param name="client">Has the server's address and a tenant key.</param>
    /// <param name="output">Where the progress is shown.</param>
    /// <param name="clock">All time comes from here.</param>
    /// <returns>Why it is not all there; null when it is.</returns>
    public static Task<string?> RunAsync(HttpClient client, TextWriter output, TimeProvider clock) =>
        ProgressDisplay.ShowAsync(output, clock, "sample", progress => SendAsync(client, progress, clock));

    private static async Task<string?> SendAsync(HttpClient client, IImportProgress progress, TimeProvider clock)
    {
        await using var source = await DemoSample.OpenAsync();
        var courier = new Courier(client, clock, Patience, progress);
        var registration = new PlayerRegistration(courier, DemoSetup.Tenant);
        var sender = new BatchSender(new NativeTarget(courier, new LeaderboardKey(DemoSetup.Tenant, DemoSetup.Board), "demo", lanes: 1), courier);
        var meter = new ProgressMeter(clock, 0);
        long lines = 0;
        while (await SourceWindow.ReadAsync(source, WindowSize, CancellationToken.None) is { } window)
        {
            if (await registration.RegisterAsync(window.Scores, CancellationToken.None) is { } refusal)
                return refusal;
            var answer = await sender.SendAsync(window.Scores, CancellationToken.None);
            if (answer.Stop is { } stop)
                return stop;
            if (answer.Outcomes!.FirstOrDefault(static outcome => outcome.Status == LineStatus.Refused).Reason is { } reason)
                return $"The server refuses the sample: {reason}.";
            lines += window.Lines;
            progress.Report(meter.Measure(window.Done, source.Size, lines, 0));
        }

        return null;
    }
}
