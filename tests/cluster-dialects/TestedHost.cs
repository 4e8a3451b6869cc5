using Laurel.Silo;
using Laurel.Storage;
using Laurel.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Laurel.ApiFrontend.Tests;

/// <summary>
/// A silo with the grains and the store, and the gateway that the tests ask: both as they are shipped, in this process, with a
/// connection of Orleans between them, so that every call and every answer is on the wire.
/// </summary>
internal sealed class TestedHost : IAsyncDisposable
{
    private readonly SiloHost _silo;
    private readonly SiloHost _gateway;

    private TestedHost(SiloHost silo, SiloHost gateway) => (_silo, _gateway) = (silo, gateway);

    /// <summary>The gateway's.</summary>
    public string Address => _gateway.Address;

    /// <summary>The gateway's.</summary>
    public IServiceProvider Services => _gateway.Services;

    /// <inheritdoc cref="SiloHost.StartAsync"/>
    public static async Task<TestedHost> StartAsync(
        string[] args, Action<WebApplicationBuilder>? configure = null, Func<IStore, IStore>? wrapStore = null)
    {
        configure += SkipWithTurnedClock;
        args = [.. args, $"--Laurel:Cluster:SiloPort={ServerProcess.FreePort()}", $"--Laurel:Cluster:GatewayPort={ServerProcess.FreePort()}", "--Laurel:Cluster:Drain=00:00:00"];
        var silo = await SiloHost.StartAsync([.. args, "--role=silo"], configure, wrapStore);
        try
        {
            return new TestedHost(silo, await SiloHost.StartAsync([.. args, "--role=gateway"], configure));
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Orleans lives by the clock that it finds, and with one that stands still it neither joins nor ends.</summary>
    private static void SkipWithTurnedClock(WebApplicationBuilder builder) => Assert.SkipWhen(
        builder.Services.Any(static service => service.ServiceType == typeof(TimeProvider) && service.ImplementationInstance is not null && service.ImplementationInstance != TimeProvider.System),
        "it turns the clock, which a cluster shares with Orleans.");

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _silo.DisposeAsync();
    }
}
