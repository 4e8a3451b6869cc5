using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ISeason"/>
[Alias("season")]
internal interface ISeasonGrain : ISeason, IGrainWithStringKey;

/// <inheritdoc cref="Season"/>
[Reentrant, GrainType("season")]
internal sealed class SeasonGrain(HostedActivation host) : Season(host.Context), ISeasonGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
