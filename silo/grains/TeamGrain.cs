using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ITeam"/>
[Alias("team")]
internal interface ITeamGrain : ITeam, IGrainWithStringKey;

/// <inheritdoc cref="Team"/>
[Reentrant, GrainType("team")]
internal sealed class TeamGrain(HostedActivation host) : Team(host.Context), ITeamGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
