using Laurel.GrainInterfaces;
using Laurel.Standalone;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.Bench.Macro;

/// <summary>The server inside this process, to be called at its grains, with one season of an open board.</summary>
internal sealed class InnerServer : IAsyncDisposable
{
    private const string Board = "main";

    private readonly StandaloneHost _host;
    private readonly IGrainPort _port;
    private readonly string _season;

    private InnerServer(StandaloneHost host, BenchStore store, IGrainPort port, string season) =>
        (_host, Store, _port, _season) = (host, store, port, season);

    /// <summary>Under its grains.</summary>
    public BenchStore Store { get; }

    /// <summary>Starts it, and gives each subject an entry.</summary>
    public static async Task<InnerServer> StartAsync(MacroContext context, string directory, int subjects)
    {
        BenchStore? store = null;
        var host = await StandaloneHost.StartAsync(
            [
                "--urls", "http://127.0.0.1:0",
                "--Laurel:DataDirectory", context.Workspace.Make(directory),
                "--Laurel:AdminKey", LaurelServer.AdminKey,
                "--Laurel:Storage:Provider", "sqlite",
                "--Logging:LogLevel:Laurel", "Warning",
            ],
            wrapStore: inner => store = new BenchStore(inner, context.Clock));
        try
        {
            using (var admin = new LaurelAdmin(new Uri(host.Address + "/"), LaurelServer.AdminKey))
            {
                await admin.CreateTenantAsync(context.Cancellation);
                await admin.CreateBoardAsync(Board, LaurelAdmin.OpenBoard, context.Cancellation);
            }

            var port = host.Services.GetRequiredService<IGrainPort>();
            var route = await port.CallAsync<ILeaderboard, RouteRequest, RouteOutcome>(
                new LeaderboardKey(LaurelAdmin.Tenant, Board).ToString(), static (board, request) => board.RouteAsync(request), new RouteRequest(ForWrite: true));
            var server = new InnerServer(host, store!, port, route.Season!.Key!);
            await server.FillAsync(context, subjects);
            return server;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Submits a batch to the season.</summary>
    /// <exception cref="InvalidOperationException">It was not wholly applied.</exception>
    public async Task SubmitAsync(ScoreBatch batch)
    {
        var outcomes = await _port.CallAsync<ISeason, ScoreBatch, ScoreOutcomes>(_season, static (season, request) => season.SubmitAsync(request), batch);
        if (outcomes.Status != OutcomeStatus.Ok || outcomes.Statuses is not null)
            throw new InvalidOperationException($"A batch ended with {outcomes.Status}.");
    }

    /// <summary>Reads the season's first page of 100.</summary>
    /// <exception cref="InvalidOperationException">It could not be read.</exception>
    public async Task ReadPageAsync()
    {
        var page = await _port.CallAsync<ISeason, ReadPage, EntryPage>(_season, static (season, request) => season.ReadPageAsync(request), new ReadPage(0, 100));
        if (page.Status != OutcomeStatus.Ok)
            throw new InvalidOperationException($"A page read ended with {page.Status}.");
    }

    /// <summary>Reads the season's first ten as they are on disk: what a list that no cache holds is made from.</summary>
    /// <exception cref="InvalidOperationException">They could not be read.</exception>
    public async Task ReadTopAsync()
    {
        var read = await _port.CallAsync<ISeason, ReadWindows, WindowsOutcome>(
            _season, static (season, request) => season.ReadWindowsAsync(request), new ReadWindows([new WindowQuery(0, 10)]));
        if (read.Status != OutcomeStatus.Ok)
            throw new InvalidOperationException($"A read of the top ended with {read.Status}.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task FillAsync(MacroContext context, int subjects)
    {
        const int Together = 1000;

        var maker = new BatchMaker(subjects, context.Settings.Seed, context.Clock);
        for (var first = 0; first < subjects; first += Together)
        {
            await SubmitAsync(maker.Following(first, Math.Min(Together, subjects - first)));
            context.Screen.Progress(Math.Min(first + Together, subjects), subjects);
        }
    }
}
