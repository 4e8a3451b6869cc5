using System.Text;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>
/// One change on a board that very many watch over the hub: when does the last of them know, how does that compare with a bare broadcast
/// of the same bytes to as many WebSockets, and what does a connection hold in memory? Both servers take turns, each with its own viewers.
/// </summary>
internal static class HubBroadcast
{
    private const string Board = "watched";
    private const int Places = 10;
    private const int FirstScore = 1_000_000;
    private const int WarmUps = 5;
    private const double GoalRatio = 3;
    private const double GoalKiloBytes = 45;

    // Changes that come closer are gathered into one message; that is not what is asked here.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        var viewers = OpenFiles.Spare is { } spare ? Math.Min(context.Settings.HubViewers, spare) : context.Settings.HubViewers;
        if (viewers < context.Settings.HubViewers)
            context.Report.Remarks.Add($"Only {Figures.Whole(viewers)} viewers of the hub: this system lets a process open no more files.");
        context.Screen.Begin($"{Figures.Whole(viewers)} viewers of a board over the hub, and of a bare broadcast");
        await using var server = await LaurelServer.StartAsync(context.Workspace.Make("hub"), context.Clock, context.Cancellation);
        using var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey);
        var board = await HubBoard.MakeAsync(admin, Board, context.Cancellation);
        await admin.SubmitAsync(Board, Enumerable.Range(0, Places).Select(static n => (HubBoard.Player(n), n)), context.Cancellation);
        var port = Programs.FreePort();
        await using var plain = await StartPlainAsync(context, port);

        var (before, plainBefore) = (server.Process.ResidentBytes, plain.ResidentBytes);
        await using var watching = await ViewerProcess.OpenAsync(board.Watching(server.Port, viewers, Places), context.Cancellation);
        await using var listening = await ViewerProcess.OpenAsync(new OpenViewers(port, BroadcastVerb.Viewers, viewers), context.Cancellation);
        List<Arrivals> laurel = [], bare = [];
        var (laurelCpu, bareCpu) = (TimeSpan.Zero, TimeSpan.Zero);
        var rounds = WarmUps + context.Settings.HubRounds;
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(Pause, context.Clock, context.Cancellation);
            var marker = $"\"score\":{FirstScore + round}";
            // Two players take the lead from each other: two rows change.
            var change = new TellViewers(server.Port, board.Change(HubBoard.Player(round % 2), FirstScore + round), marker);
            var (told, took) = await MeasureAsync(server.Process, () => watching.TellAsync(change, context.Cancellation));
            await Task.Delay(Pause, context.Clock, context.Cancellation);
            var (sent, bareTook) = await MeasureAsync(plain, () => listening.TellAsync(new TellViewers(port, Post(told.Message), marker), context.Cancellation));
            if (round >= WarmUps)
            {
                laurel.Add(told);
                bare.Add(sent);
                laurelCpu += took;
                bareCpu += bareTook;
            }

            context.Screen.Progress(round + 1, rounds);
        }

        Report(
            context.Report, viewers, new Side(laurel, laurelCpu / laurel.Count, Each(before, server.Process)), new Side(bare, bareCpu / bare.Count, Each(plainBefore, plain)));

        double Each(long residentBefore, ChildProcess process) => (process.ResidentBytes - residentBefore) / 1024.0 / viewers;
    }

    private static async Task<(Arrivals Arrivals, TimeSpan Cpu)> MeasureAsync(ChildProcess server, Func<Task<Arrivals>> tell)
    {
        var before = server.CpuTime;
        var arrivals = await tell();
        return (arrivals, server.CpuTime - before);
    }

    private static async Task<ChildProcess> StartPlainAsync(MacroContext context, int port)
    {
        var plain = ChildProcess.Start(Programs.Own("serve-broadcast", $"{port}"));
        using var probe = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Waiting.UntilAsync("the endpoint to compare with", IsReadyAsync, TimeSpan.FromMilliseconds(50), ReadyWithin, context.Clock, context.Cancellation);
        return plain;

        async Task<bool> IsReadyAsync()
        {
            plain.ThrowIfExited();
            try
            {
                return (await probe.GetAsync("ready", context.Cancellation)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private static string Post(string message) =>
        $"POST {BroadcastVerb.Broadcast} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Encoding.UTF8.GetByteCount(message)}\r\n\r\n{message}";

    private static void Report(Report report, int viewers, Side laurel, Side bare)
    {
        report.Add(new Table(
            $"One change told to {Figures.Whole(viewers)} viewers, ms from sending it",
            ["server", "answered", "first viewer", "half of them", "last viewer", "last, worst round", "CPU ms of the server", "KB a connection"],
            [Row("Laurel, hub", laurel), Row("bare broadcast", bare)],
            $"Medians of {laurel.Rounds.Count} alternating rounds; {Encoding.UTF8.GetByteCount(laurel.Rounds[^1].Message)} bytes. Laurel's answer and message come after the commit. Memory is what the process has grown by since before the first connection."));
        var ratio = Median(laurel.Rounds, static round => round.Last) / Median(bare.Rounds, static round => round.Last);
        report.Add(new Goal($"a change to the last of {Figures.Whole(viewers)} hub viewers, against a bare broadcast", Figures.Times(ratio), "≤ 3 ×", ratio <= GoalRatio));
        report.Add(new Goal($"memory of each of {Figures.Whole(viewers)} hub connections", $"{Figures.Fine(laurel.KiloBytes)} KB", "≤ 45 KB", laurel.KiloBytes <= GoalKiloBytes));
    }

    private static IReadOnlyList<string> Row(string name, Side side) =>
    [
        name,
        Figures.Fine(Median(side.Rounds, static round => round.Answered)),
        Figures.Fine(Median(side.Rounds, static round => round.First)),
        Figures.Fine(Median(side.Rounds, static round => round.Median)),
        Figures.Fine(Median(side.Rounds, static round => round.Last)),
        Figures.Fine(side.Rounds.Max(static round => round.Last)),
        Figures.Fine(side.Cpu.TotalMilliseconds),
        Figures.Fine(side.KiloBytes),
    ];

    private static double Median(List<Arrivals> rounds, Func<Arrivals, double> value) => Figures.Median(rounds.Select(value));

    /// <summary>How one of the servers did.</summary>
    /// <param name="Rounds">Those that count.</param>
    /// <param name="Cpu">Of its process, for one round.</param>
    /// <param name="KiloBytes">What a connection holds.</param>
    private sealed record Side(List<Arrivals> Rounds, TimeSpan Cpu, double KiloBytes);
}
