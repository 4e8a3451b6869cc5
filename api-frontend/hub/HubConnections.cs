using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>
/// Gives each connection its <see cref="HubSession"/>, and the session its connection: what is the same for many viewers is then
/// written to each as bytes that were made once, and whoever does not read is noticed where it is written to.
/// </summary>
internal sealed class HubConnections(IServiceProvider services, LiveKeys keys, ILogger<DefaultHubLifetimeManager<LeaderboardHub>> log)
    : DefaultHubLifetimeManager<LeaderboardHub>(log)
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var caller = connection.GetHttpContext()?.Features.Get<Caller>()
            ?? throw new InvalidOperationException("The hub's route let in a request without a key.");
        var session = ActivatorUtilities.CreateInstance<HubSession>(services, connection, caller);
        connection.Items[typeof(HubSession)] = session;
        keys.Hold(session);
        await base.OnConnectedAsync(connection);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        await base.OnDisconnectedAsync(connection);
        if (connection.Items[typeof(HubSession)] is not HubSession session)
            return;
        keys.Release(session);
        await session.DisposeAsync();
    }
}
