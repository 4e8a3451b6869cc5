using System.Net.Http.Headers;
using System.Text;

namespace Laurel.Bench.Macro;

/// <summary>
/// As many events as the football results make, in calls of 100 against three boards that each score nearly all of them, beside as many plain
/// scores in batches of 100: what does the server's process spend on an event and board, and on a score?
/// </summary>
internal static class EventScoring
{
    private const int PerCall = 100;
    private const int Boards = 3;
    private const int Players = 300;
    private const int Connections = 32;
    private const double Goal = 3;

    private const string EndOfAll = "the end";

    private static readonly string[] Rules =
    [
        """{"event_type":"match.completed","points_expression":"if(attrs.goals_for > attrs.goals_against, 3, if(attrs.goals_for == attrs.goals_against, 1, 0))"}""",
        """{"event_type":"match.completed","points_expression":"attrs.goals_for","conditions":{"attrs.tournament":{"ne":"None"}}}""",
        """{"event_type":"match.completed","points_expression":"max(attrs.goals_for - attrs.goals_against, 0)"}""",
    ];

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        var events = context.Settings.Events;
        context.Screen.Begin($"{Figures.Whole(events)} events against {Boards} boards, and as many scores");
        await using var server = await LaurelServer.StartAsync(context.Workspace.Make("events"), context.Clock, context.Cancellation);
        using var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey);
        await admin.CreateTenantAsync(context.Cancellation);
        await admin.CreateBoardAsync("plain", LaurelAdmin.OpenBoard, context.Cancellation);
        for (var board = 0; board < Boards; board++)
            await admin.CreateBoardAsync($"events-{board}", $$"""{"timeframe":{"type":"all_time"},"scoring":{"rules":[{{Rules[board]}}],"aggregation":"sum"} }""", context.Cancellation);
        using var game = Client(server, await admin.CreateGameKeyAsync("plain", context.Cancellation));
        using var sender = Client(server, await admin.CreateEventKeyAsync(context.Cancellation));

        // A part of it first: code that is not compiled yet is not what is asked for.
        await SendAsync(context, game, "leaderboard/scores", Scores, 0, events / 5);
        await SendEventsAsync(context, sender, admin, -events / 5, 0);
        var (score, _) = await MeasureAsync(context, server, () => SendAsync(context, game, "leaderboard/scores", Scores, 0, events), events);
        var (one, rate) = await MeasureAsync(context, server, () => SendEventsAsync(context, sender, admin, 0, events), events);

        var ratio = one / Boards / score;
        context.Report.Add(new Table(
            $"{Figures.Whole(events)} events in calls of {PerCall} against {Boards} boards, {Connections} connections",
            ["what", "CPU µs of the server"],
            [
                ["a score in a plain batch of 100", Figures.Fine(score)],
                ["an event, scored on all boards", Figures.Fine(one)],
                ["an event and board", Figures.Fine(one / Boards)],
            ],
            $"Until the last event shows on every board: {Figures.Whole(rate)} events/s."));
        context.Report.Add(new Goal("CPU per event and board, against a plain score", Figures.Times(ratio), "≤ 3 ×", ratio <= Goal));
    }

    private static HttpClient Client(LaurelServer server, string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        return client;
    }

    /// <returns>CPU microseconds of the server for each item, and items per second.</returns>
    private static async Task<(double Micros, double Rate)> MeasureAsync(MacroContext context, LaurelServer server, Func<Task> work, int items)
    {
        var (cpu, since) = (server.Process.CpuTime, context.Clock.GetTimestamp());
        await work();
        var elapsed = context.Clock.GetElapsedTime(since).TotalSeconds;
        return ((server.Process.CpuTime - cpu).TotalMicroseconds / items, items / elapsed);
    }

    private static Task SendAsync(MacroContext context, HttpClient client, string path, Func<int, string> body, int first, int end) => Parallel.ForEachAsync(
        Enumerable.Range(0, (end - first) / PerCall),
        new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = context.Cancellation },
        async (call, cancellation) =>
        {
            using var content = new StringContent(body(first + (call * PerCall)), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var answer = await client.PostAsync(path, content, cancellation);
            answer.EnsureSuccessStatusCode();
        });

    /// <summary>Sends events, and waits until one sent after them shows on every board: they are scored in order.</summary>
    private static async Task SendEventsAsync(MacroContext context, HttpClient sender, LaurelAdmin admin, int first, int end)
    {
        await SendAsync(context, sender, "v1/events/bulk", Events, first, end);
        using var content = new StringContent($$"""{"events":[{{Event(end, $"{EndOfAll} {end}")}}]}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using (var answer = await sender.PostAsync("v1/events/bulk", content, context.Cancellation))
            answer.EnsureSuccessStatusCode();
        for (var board = 0; board < Boards; board++)
        {
            var name = $"events-{board}";
            await Waiting.UntilAsync(
                "the events to be scored", () => admin.HasEntryAsync(name, $"{EndOfAll} {end}", context.Cancellation), TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(2),
                context.Clock, context.Cancellation);
        }
    }

    private static string Scores(int first) =>
        $$"""{"scores":[{{string.Join(',', Enumerable.Range(first, PerCall).Select(static i => $$"""{"userId":"team {{i * 7919 % Players}}","score":{{i}},"timestamp":"2025-08-01T12:00:00Z"}"""))}}]}""";

    private static string Events(int first) =>
        $$"""{"events":[{{string.Join(',', Enumerable.Range(first, PerCall).Select(static i => Event(i, $"team {Math.Abs(i) * 7919 % Players}")))}}]}""";

    private static string Event(int number, string team) => $$"""
        {"event_id":"match-{{number}}","event_type":"match.completed","actor":{"id":"{{team}}","name":"{{team}}"},"timestamp":"2025-08-01T12:00:00Z","attrs":{"goals_for":{{1 + (Math.Abs(number) % 4)}},"goals_against":{{Math.Abs(number) % 3}},"victory":true,"tournament":"FIFA World Cup qualification","neutral":false} }
        """;
}
