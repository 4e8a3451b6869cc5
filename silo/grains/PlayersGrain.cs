using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IPlayers"/>
[Alias("players")]
internal interface IPlayersGrain : IPlayers, IGrainWithStringKey;

/// <inheritdoc cref="Players"/>
[Reentrant, GrainType("players")]
internal sealed class PlayersGrain(HostedActivation host) : Players(host.Context), IPlayersGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
