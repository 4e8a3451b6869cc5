using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="ISnapshots"/>
[Alias("snapshots")]
internal interface ISnapshotsGrain : ISnapshots, IGrainWithStringKey;

/// <inheritdoc cref="Snapshots"/>
[Reentrant, GrainType("snapshots")]
internal sealed class SnapshotsGrain(HostedActivation host) : Snapshots(host.Context), ISnapshotsGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
