using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ILeaderboard"/>
[Alias("leaderboard")]
internal interface ILeaderboardGrain : ILeaderboard, IGrainWithStringKey;

/// <inheritdoc cref="Leaderboard"/>
[Reentrant, GrainType("leaderboard")]
internal sealed class LeaderboardGrain(HostedActivation host) : Leaderboard(host.Context), ILeaderboardGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
