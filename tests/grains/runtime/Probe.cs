using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.Runtime;

/// <summary>A grain that does whatever the caller's script says.</summary>
internal interface IProbe : IGrain
{
    Task<Acknowledgement> RunAsync(Script request);
}

/// <summary>What to do, as the grain.</summary>
internal sealed record Script(Func<Probe, Task<OutcomeStatus>> Steps);

/// <inheritdoc/>
internal sealed class Probe(ActivationContext context, ProbeHost host) : IProbe, IActivation
{
    /// <summary>Changed without any lock: only turns that never overlap count right.</summary>
    public int Counter { get; set; }

    /// <summary>What the host gave it.</summary>
    public ActivationContext Context => context;

    public Task LoadAsync() => host.OnLoad(this);

    public Task UnloadAsync() => host.OnUnload(this);

    public async Task<Acknowledgement> RunAsync(Script request) => new(await request.Steps(this));
}
