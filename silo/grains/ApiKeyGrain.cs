using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IApiKey"/>
[Alias("api-key")]
internal interface IApiKeyGrain : IApiKey, IGrainWithStringKey;

/// <inheritdoc cref="ApiKey"/>
[Reentrant, GrainType("api-key")]
internal sealed class ApiKeyGrain(HostedActivation host) : ApiKey(host.Context), IApiKeyGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
