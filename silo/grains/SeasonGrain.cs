using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Laurel.Silo;

/// <inheritdoc cref="ISeason"/>
[Alias("season")]
internal interface ISeasonGrain : ISeason, IGrainWithStringKey;

/// <inheritdoc cref="Season"/>
/// <remarks>Seasons are what fills a silo's memory: each goes to the emptier one of two silos chosen at random.</remarks>
[Reentrant, GrainType("season"), ActivationCountBasedPlacement]
internal sealed class SeasonGrain(HostedActivation host) : Season(host.Context), ISeasonGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
