using Laurel.GrainInterfaces;
using Laurel.Silo;
using Laurel.Storage;
using Laurel.Storage.Sqlite;
using Laurel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace Laurel.Cluster.Tests;

/// <summary>
/// A few silos and one client in this process, all over one store: what a cluster adds to the grains, without processes. The silos have
/// the settings that Laurel ships; their membership is the test's.
/// </summary>
internal sealed class TestSilos : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly InProcessTestCluster _cluster;

    private TestSilos(short silos, string? state)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(static host => host.Services.AddSingleton(TimeProvider.System));
        builder.ConfigureHost(static host => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) => (state is null ? silo.AddMemoryGrainStorage(OrleansState.Name) : silo.AddOrleansState(state)).AddLaurelGrains().Services.AddSingleton(new Lazy<IStore>(() => Store)));
        builder.ConfigureClient(static client => client.AddLaurelGrains());
        _cluster = builder.Build();
    }

    /// <summary>The store of all silos.</summary>
    public IStore Store { get; private set; } = null!;

    /// <summary>What a gateway has.</summary>
    public IServiceProvider GatewayServices => _cluster.Client.ServiceProvider;

    /// <summary>Calls grains from outside, as a gateway does.</summary>
    public IGrainPort Grains => GatewayServices.GetRequiredService<IGrainPort>();

    /// <summary>Hears news from outside, as a gateway does.</summary>
    public IFeed Feed => GatewayServices.GetRequiredService<IFeed>();

    /// <summary>The silos that run.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <param name="silos">How many.</param>
    /// <param name="state">The PostgreSQL for Orleans' own state; memory when null.</param>
    public static async Task<TestSilos> StartAsync(short silos, string? state = null)
    {
        var cluster = new TestSilos(silos, state);
        cluster.Store = await SqliteStore.OpenAsync(
            new SqliteOptions { DataDirectory = cluster._directory.Path }, TimeProvider.System, NullLoggerFactory.Instance);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Calls grains from one silo.</summary>
    public static IGrainPort GrainsOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IGrainPort>();

    /// <summary>Loses a silo with all that its grains had in memory.</summary>
    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    /// <summary>Takes a silo out in good order.</summary>
    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    /// <summary>The keys of the seasons in memory, each with its silo.</summary>
    public async Task<ILookup<string, InProcessSiloHandle>> SeasonsAsync()
    {
        var statistics = await _cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return statistics
            .Where(static grain => grain.GrainId.Type.ToString() == "season")
            .ToLookup(static grain => grain.GrainId.Key.ToString()!, grain => _cluster.Silos.Single(silo => silo.SiloAddress.Equals(grain.SiloAddress)));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Store.DisposeAsync();
        _directory.Dispose();
    }
}
