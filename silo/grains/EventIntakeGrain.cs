using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IEventIntake"/>
[Alias("event-intake")]
internal interface IEventIntakeGrain : IEventIntake, IGrainWithStringKey;

/// <inheritdoc cref="EventIntake"/>
[Reentrant, GrainType("event-intake")]
internal sealed class EventIntakeGrain(HostedActivation host) : EventIntake(host.Context), IEventIntakeGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
