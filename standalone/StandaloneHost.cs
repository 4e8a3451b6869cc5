using System.Diagnostics.Metrics;
using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Laurel.Grains;
using Laurel.Hosting;
using Laurel.Storage;

namespace Laurel.Standalone;

/// <summary>The whole server in this process: store, grains, HTTP. Tests start it as <c>Program</c> does.</summary>
public sealed partial class StandaloneHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IStore _store;
    private readonly StandalonePort _port;

    private StandaloneHost(WebApplication app, IStore store, StandalonePort port, string? newAdminKey)
    {
        (_app, _store, _port, NewAdminKey) = (app, store, port, newAdminKey);
        Address = ListenAddress.Of(app);
    }

    /// <summary>The first address it listens on, such as <c>http://127.0.0.1:5080</c>.</summary>
    public string Address { get; }

    /// <summary>The admin key when this start has made one. It must not be logged.</summary>
    public string? NewAdminKey { get; }

    /// <summary>For tests that look or call inside.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the server; it answers when this returns.</summary>
    /// <param name="args">The command line: configuration, such as <c>--urls http://127.0.0.1:0</c>.</param>
    /// <param name="configure">Changes to services and configuration.</param>
    /// <param name="wrapStore">Put around the store, for tests with a failing one.</param>
    /// <exception cref="Exception">What <see cref="StartupErrors"/> explains, when the settings or the surroundings do not allow a start.</exception>
    public static async Task<StandaloneHost> StartAsync(
        string[] args, Action<WebApplicationBuilder>? configure = null, Func<IStore, IStore>? wrapStore = null)
    {
        StandalonePort? port = null;
        var started = false;
        // Settings are read once, at the start: nothing need watch their files, nor the data directory that may lie beside them.
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        configure?.Invoke(builder);
        var options = builder.AddServer(() => started);
        builder.Services.AddSingleton<IGrainPort>(_ => port!);
        builder.Services.AddSingleton(_ => port!.Feed);

        var app = builder.Build();
        IStore? store = null;
        try
        {
            var clock = app.Services.GetRequiredService<TimeProvider>();
            var logs = app.Services.GetRequiredService<ILoggerFactory>();
            store = await StoreOpening.OpenAsync(options, clock, logs);
            store = wrapStore?.Invoke(store) ?? store;
            port = new StandalonePort(GrainFactories.All, store, clock, logs);
            var active = port;
            app.Services.GetRequiredService<IMeterFactory>().Create("Laurel.Standalone")
                .CreateObservableGauge("laurel.grains", () => active.ActivationCount, "{grain}", "Grains in memory.");
            app.MapLaurel();
            await app.StartAsync();
            started = true;
            // Not before it listens: it is shown once, and not when the start fails.
            var newAdminKey = options.AdminKey is null ? await FirstStart.MakeAdminKeyAsync(port, store, clock) : null;
            _ = Housekeeping.KeepAsync(store, port, clock, logs, app.Lifetime.ApplicationStopping);
            var host = new StandaloneHost(app, store, port, newAdminKey);
            LogListening(logs.CreateLogger<StandaloneHost>(), host.Address, options.Storage.Provider);
            return host;
        }
        catch
        {
            await CloseAsync(app, port, store);
            throw;
        }
    }

    /// <summary>Ends when the process is asked to (SIGTERM, SIGINT) and the requests under way have ended.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Stops taking requests, lets those under way end, unloads the grains and closes the store, all within ten seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await CloseAsync(_app, _port, _store);
    }

    // Each rests on the next: requests call grains, grains write to the store.
    private static async Task CloseAsync(WebApplication app, StandalonePort? port, IStore? store)
    {
        if (port is not null) await port.StopAsync();
        if (store is not null) await store.DisposeAsync();
        await app.DisposeAsync();
    }

    [LoggerMessage(1, LogLevel.Information, "Laurel listens on {Address}, storage: {Provider}")]
    private static partial void LogListening(ILogger log, string address, string provider);
}
