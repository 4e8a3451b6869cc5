using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>A board that changes a thousand times a second, and viewers of its first ten places: how many messages do they get, and what do they know at the end?</summary>
internal static class HubStream
{
    private const string Board = "busy";
    private const int Viewers = 100;
    private const int Places = 10;
    private const int Players = 100;
    private const int RequestsPerSecond = 50;
    private const int ChangesPerRequest = 20;
    private const int MostScore = 1_000_000;
    private const double GoalMessages = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        context.Screen.Begin($"{RequestsPerSecond * ChangesPerRequest} changes a second, {Viewers} viewers of the first {Places}");
        await using var server = await LaurelServer.StartAsync(context.Workspace.Make("stream"), context.Clock, context.Cancellation);
        using var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey);
        var board = await HubBoard.MakeAsync(admin, Board, context.Cancellation);
        using var writer = new LaurelAdmin(server.Address, board.WriteKey);
        var random = new Random(context.Settings.Seed);
        // What is compiled by now does not delay the messages that count.
        for (var i = 0; i < RequestsPerSecond; i++)
            await writer.SubmitAsync(Board, Changes(random), context.Cancellation);

        var viewers = new StandingsViewer[Viewers];
        try
        {
            for (var i = 0; i < Viewers; i++)
                viewers[i] = await StandingsViewer.OpenAsync(board, server.Port, Places, context.Clock, context.Cancellation);
            var began = context.Clock.GetTimestamp();
            var requests = (int)(context.Settings.HubSeconds * RequestsPerSecond);
            await SubmitAsync(context, writer, random, requests);
            var seconds = context.Clock.GetElapsedTime(began).TotalSeconds;
            var most = viewers.Max(static viewer => viewer.Messages) / seconds;
            var right = await CountRightAsync(context, admin, viewers);
            Report(context.Report, requests * ChangesPerRequest / seconds, most, viewers.Max(static viewer => viewer.MostInASecond), right);
        }
        finally
        {
            foreach (var viewer in viewers)
                viewer?.Dispose();
        }
    }

    private static async Task SubmitAsync(MacroContext context, LaurelAdmin writer, Random random, int requests)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / RequestsPerSecond), context.Clock);
        List<Task> sending = [];
        for (var request = 0; request < requests; request++)
        {
            await timer.WaitForNextTickAsync(context.Cancellation);
            sending.Add(writer.SubmitAsync(Board, Changes(random), context.Cancellation));
            context.Screen.Progress(request + 1, requests);
        }

        await Task.WhenAll(sending);
    }

    private static List<(string UserId, int Score)> Changes(Random random) =>
        [.. Enumerable.Range(0, ChangesPerRequest).Select(_ => (HubBoard.Player(random.Next(Players)), random.Next(MostScore)))];

    private static async Task<int> CountRightAsync(MacroContext context, LaurelAdmin admin, StandingsViewer[] viewers)
    {
        var standings = await admin.ReadPlacesAsync(Board, Places, context.Cancellation);
        var since = context.Clock.GetTimestamp();
        int right;
        while ((right = viewers.Count(viewer => viewer.Shows(standings))) < viewers.Length && context.Clock.GetElapsedTime(since) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(50), context.Clock, context.Cancellation);
        return right;
    }

    private static void Report(Report report, double changes, double most, int mostInASecond, int right)
    {
        report.Add(new Table(
            $"{Viewers} viewers of the first {Places} places",
            ["what", "figure"],
            [
                ["changes a second", Figures.Whole(changes)],
                ["messages a second to the viewer that got most", Figures.Fine(most)],
                ["most messages that came to one within any second", Figures.Whole(mostInASecond)],
                ["viewers whose last state was right", Figures.Whole(right)],
            ],
            "The server sends them at least 100 ms apart; what is held up on the way can come closer together."));
        report.Add(new Goal(
            $"messages a second to a viewer at {Figures.Whole(changes)} changes a second", $"{Figures.Fine(most)}, {right} of {Viewers} right at the end", "≤ 10, all right", most <= GoalMessages && right == Viewers));
    }
}
