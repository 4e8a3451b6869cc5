using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ITickets"/>
[Alias("tickets")]
internal interface ITicketsGrain : ITickets, IGrainWithStringKey;

/// <inheritdoc cref="Tickets"/>
[Reentrant, GrainType("tickets")]
internal sealed class TicketsGrain(HostedActivation host) : Tickets(host.Context), ITicketsGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
