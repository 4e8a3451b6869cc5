using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Laurel.Grains;
using Laurel.Hosting;
using Laurel.Storage;

namespace Laurel.Silo;

/// <summary>One node of a cluster in this process: grains, HTTP, or both. Tests start it as <c>Program</c> does.</summary>
public sealed partial class SiloHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IStore? _store;

    private SiloHost(WebApplication app, IStore? store, string? newAdminKey)
    {
        (_app, _store, NewAdminKey) = (app, store, newAdminKey);
        Address = ListenAddress.Of(app);
    }

    /// <summary>The first address it listens on, such as <c>http://127.0.0.1:5080</c>.</summary>
    public string Address { get; }

    /// <summary>The admin key when this start has made one. It must not be logged.</summary>
    public string? NewAdminKey { get; }

    /// <summary>For tests that look or call inside.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the node; it is part of the cluster and answers when this returns. A gateway waits for its first silo.</summary>
    /// <param name="args">The command line: configuration, such as <c>--role gateway</c>.</param>
    /// <param name="configure">Changes to services and configuration.</param>
    /// <param name="wrapStore">Put around the store, for tests with a failing one.</param>
    /// <exception cref="Exception">What <see cref="NodeStartErrors"/> explains, when the settings or the surroundings do not allow a start.</exception>
    public static async Task<SiloHost> StartAsync(
        string[] args, Action<WebApplicationBuilder>? configure = null, Func<IStore, IStore>? wrapStore = null)
    {
        IStore? store = null;
        var started = false;
        // Settings are read once, at the start: nothing need watch their files.
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddCommandLine(args, NodeServices.Switches);
        configure?.Invoke(builder);
        // What is added first is stopped last: the frontend counts its last requests by calls of grains.
        var options = ServerServices.Read(builder.Configuration);
        var node = builder.AddNode(options);
        builder.AddServer(() => started);
        // Of what is done before the stop this goes first: streams end after it, and their viewers find another node.
        builder.Services.AddHostedService(provider => new NodeDrain(node.DrainTime, provider.GetRequiredService<TimeProvider>()));
        if (node.HasGrains)
            builder.Services.AddSingleton(new Lazy<IStore>(() => store!));

        var app = builder.Build();
        try
        {
            var clock = app.Services.GetRequiredService<TimeProvider>();
            var logs = app.Services.GetRequiredService<ILoggerFactory>();
            if (node.HasGrains)
            {
                store = await StoreOpening.OpenAsync(options, clock, logs);
                store = wrapStore?.Invoke(store) ?? store;
                if (options.Storage.Provider == StorageOptions.Postgres)
                    await OrleansState.CreateAsync(options.Storage.ConnectionString!);
            }

            if (node.HasGrains)
                app.UseDashboardKeys();
            app.MapLaurel(node.ServesDialects);
            if (node.HasGrains)
                app.MapDashboard();
            await app.StartAsync();
            started = true;
            var grains = app.Services.GetRequiredService<IGrainPort>();
            string? newAdminKey = null;
            if (store is not null)
            {
                newAdminKey = options.AdminKey is null ? await FirstStart.MakeAdminKeyAsync(grains, store, clock) : null;
                _ = Housekeeping.KeepAsync(store, grains, clock, logs, app.Lifetime.ApplicationStopping);
            }

            var host = new SiloHost(app, store, newAdminKey);
            LogListening(logs.CreateLogger<SiloHost>(), host.Address, node.Role);
            return host;
        }
        catch
        {
            await CloseAsync(app, store);
            throw;
        }
    }

    /// <summary>Ends when the process is asked to (SIGTERM, SIGINT) and the node has left the cluster.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Lets requests under way end, hands the grains over, leaves the cluster and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await CloseAsync(_app, _store);
    }

    private static async Task CloseAsync(WebApplication app, IStore? store)
    {
        await app.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
    }

    [LoggerMessage(1, LogLevel.Information, "Laurel listens on {Address}, role: {Role}")]
    private static partial void LogListening(ILogger log, string address, string role);
}
