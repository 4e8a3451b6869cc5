namespace Laurel.Bench.Macro;

/// <summary>The server with one board on which every registered player stands.</summary>
internal sealed class LoadedBoard : IAsyncDisposable
{
    /// <summary>The board.</summary>
    public const string Board = "main";

    private const int PlayersTogether = 20_000;
    private const int Connections = 32;

    private LoadedBoard(LaurelServer server, string gameKey, string readKey) => (Server, GameKey, ReadKey) = (server, gameKey, readKey);

    /// <summary>The server.</summary>
    public LaurelServer Server { get; }

    /// <summary>Submits to the board.</summary>
    public string GameKey { get; }

    /// <summary>Reads it.</summary>
    public string ReadKey { get; }

    /// <summary>How long the register and the first scores took.</summary>
    public required TimeSpan LoadedIn { get; init; }

    /// <summary>Starts a server, registers all players and submits a score of each.</summary>
    public static async Task<LoadedBoard> StartAsync(MacroContext context)
    {
        var server = await LaurelServer.StartAsync(context.Workspace.Make("laurel"), context.Clock, context.Cancellation);
        try
        {
            var since = context.Clock.GetTimestamp();
            using var admin = new LaurelAdmin(server.Address, LaurelServer.AdminKey);
            await admin.CreateTenantAsync(context.Cancellation);
            await admin.CreateBoardAsync(Board, LaurelAdmin.EveryScoreCounts, context.Cancellation);
            var gameKey = await admin.CreateGameKeyAsync(Board, context.Cancellation);
            var readKey = await admin.CreateReadKeyAsync(context.Cancellation);
            await RegisterAsync(context, admin);
            await SubmitAllAsync(context, server.Port, gameKey);

            var total = await admin.ReadFirstPageAsync(Board, context.Cancellation);
            if (total != context.Settings.Subjects)
                throw new InvalidOperationException($"The board lists {total} entries instead of {context.Settings.Subjects}.");
            await Waiting.UntilQuietAsync([server.Process], context.Clock, context.Cancellation);
            return new LoadedBoard(server, gameKey, readKey) { LoadedIn = context.Clock.GetElapsedTime(since) };
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A plan that submits to the board from 32 connections; the rest of it is the caller's.</summary>
    public LoadPlan Submitting(int subjects, int batchSize) => Submitting(Server.Port, GameKey, subjects, batchSize);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static LoadPlan Submitting(int port, string key, int subjects, int batchSize) => new()
    {
        Port = port,
        Path = "/leaderboard/scores",
        Key = key,
        BatchSize = batchSize,
        Subjects = subjects,
        Connections = Connections,
        Expected = "\"success\":true",
    };

    private static async Task RegisterAsync(MacroContext context, LaurelAdmin admin)
    {
        var subjects = context.Settings.Subjects;
        context.Screen.Begin($"registering {Figures.Whole(subjects)} players");
        for (var first = 0; first < subjects; first += PlayersTogether)
        {
            var count = Math.Min(PlayersTogether, subjects - first);
            await admin.RegisterAsync(first, count, context.Cancellation);
            context.Screen.Progress(first + count, subjects);
        }
    }

    private static async Task SubmitAllAsync(MacroContext context, int port, string key)
    {
        const int BatchSize = 100;

        var subjects = context.Settings.Subjects;
        context.Screen.Begin($"submitting a first score of each of {Figures.Whole(subjects)} players");
        var plan = Submitting(port, key, subjects, BatchSize) with { InOrder = true, Requests = subjects / BatchSize, Seed = context.Settings.Seed };
        await context.Load.RunAsync(plan, context.Cancellation, requests => context.Screen.Progress(requests * BatchSize, subjects));
    }
}
