using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IPublicId"/>
[Alias("public-id")]
internal interface IPublicIdGrain : IPublicId, IGrainWithStringKey;

/// <inheritdoc cref="PublicId"/>
[Reentrant, GrainType("public-id")]
internal sealed class PublicIdGrain(HostedActivation host) : PublicId(host.Context), IPublicIdGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
