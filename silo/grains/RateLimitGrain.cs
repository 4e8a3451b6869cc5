using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IRateLimit"/>
[Alias("rate-limit")]
internal interface IRateLimitGrain : IRateLimit, IGrainWithStringKey;

/// <inheritdoc cref="RateLimit"/>
[Reentrant, GrainType("rate-limit")]
internal sealed class RateLimitGrain(HostedActivation host) : RateLimit(host.Context), IRateLimitGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
