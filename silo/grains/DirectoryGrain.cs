using Laurel.GrainInterfaces;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IDirectory"/>
[Alias("directory")]
internal interface IDirectoryGrain : IDirectory, IGrainWithStringKey;

/// <inheritdoc cref="Laurel.Grains.Directory"/>
[Reentrant, GrainType("directory")]
internal sealed class DirectoryGrain(HostedActivation host) : Laurel.Grains.Directory(host.Context), IDirectoryGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
