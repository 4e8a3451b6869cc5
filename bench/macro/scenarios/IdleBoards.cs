namespace Laurel.Bench.Macro;

/// <summary>A server that has just started on many boards and has nothing to do: how much memory does it hold?</summary>
internal static class IdleBoards
{
    private const int EntriesPerBoard = 10;
    private const double MegaByte = 1024 * 1024;
    private const double GoalMegaBytes = 150;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Measures and reports it.</summary>
    public static async Task RunAsync(MacroContext context)
    {
        var boards = context.Settings.IdleBoards;
        context.Screen.Begin($"making {Figures.Whole(boards)} boards of {EntriesPerBoard} entries");
        await using var server = await LaurelServer.StartAsync(context.Workspace.Make("idle"), context.Clock, context.Cancellation);
        using (var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey))
        {
            await admin.CreateTenantAsync(context.Cancellation);
            for (var i = 0; i < boards; i++)
            {
                await admin.CreateBoardAsync($"board-{i}", LaurelAdmin.OpenBoard, context.Cancellation);
                await admin.SubmitAsync($"board-{i}", Enumerable.Range(0, EntriesPerBoard).Select(static n => (ScoreRequest.SubjectId(n), n)), context.Cancellation);
                context.Screen.Progress(i + 1, boards);
            }
        }

        var busy = server.Process.ResidentBytes / MegaByte;
        await server.CrashAndRestartAsync(context.Cancellation);
        var idle = await SettleAsync(context, server) / MegaByte;
        context.Report.Add(new Table(
            $"Memory with {Figures.Whole(boards)} boards",
            ["process", "resident MB"],
            [
                ["having made them all, each active", Figures.Whole(busy)],
                ["started again, idle", Figures.Whole(idle)],
            ]));
        context.Report.Add(new Goal($"idle process with {Figures.Whole(boards)} cold boards", $"{Figures.Whole(idle)} MB", "≤ 150 MB", idle <= GoalMegaBytes));
    }

    /// <summary>Waits until the memory has stopped growing.</summary>
    private static async Task<long> SettleAsync(MacroContext context, LaurelServer server)
    {
        const int StableReadings = 5;

        var (most, stable) = (0L, 0);
        await Waiting.UntilAsync("the memory to settle", IsStableAsync, Pause, Patience, context.Clock, context.Cancellation);
        return server.Process.ResidentBytes;

        Task<bool> IsStableAsync()
        {
            var now = server.Process.ResidentBytes;
            stable = now > most + MegaByte ? 0 : stable + 1;
            most = Math.Max(most, now);
            return Task.FromResult(stable >= StableReadings);
        }
    }
}
