using Laurel.GrainInterfaces;
using Laurel.Grains;
using Orleans.Concurrency;

namespace Laurel.Silo;

/// <inheritdoc cref="IScheduler"/>
[Alias("scheduler")]
internal interface ISchedulerGrain : IScheduler, IGrainWithStringKey;

/// <inheritdoc cref="Scheduler"/>
[Reentrant, GrainType("scheduler")]
internal sealed class SchedulerGrain(HostedActivation host) : Scheduler(host.Context), ISchedulerGrain, IHostedGrain
{
    /// <inheritdoc/>
    public HostedActivation Host { get; } = host;
}
