using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ITenant"/>
[Alias("tenant")]
internal interface ITenantGrain : ITenant, IGrainWithStringKey;

/// <inheritdoc cref="Tenant"/>
[Reentrant, GrainType("tenant")]
internal sealed class TenantGrain(HostedActivation host) : Tenant(host.Context), ITenantGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
