using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IUsage"/>
[Alias("usage")]
internal interface IUsageGrain : IUsage, IGrainWithStringKey;

/// <inheritdoc cref="Usage"/>
[Reentrant, GrainType("usage")]
internal sealed class UsageGrain(HostedActivation host) : Usage(host.Context), IUsageGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
