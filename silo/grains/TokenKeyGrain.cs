using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ITokenKey"/>
[Alias("token-key")]
internal interface ITokenKeyGrain : ITokenKey, IGrainWithStringKey;

/// <inheritdoc cref="TokenKey"/>
[Reentrant, GrainType("token-key")]
internal sealed class TokenKeyGrain(HostedActivation host) : TokenKey(host.Context), ITokenKeyGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
