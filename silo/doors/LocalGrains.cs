using System.Collections.Concurrent;

namespace Laurel.Silo;

/// <summary>Which of Laurel's grains are on this silo, loaded.</summary>
internal sealed class LocalGrains
{
    private readonly ConcurrentDictionary<GrainId, HostedActivation> _activations = new();

    /// <summary>Whether it is here now. A moment later it may not be.</summary>
    public bool Has(GrainId grain) => _activations.ContainsKey(grain);

    /// <summary>It is here from now on.</summary>
    public void Add(HostedActivation activation) => _activations[activation.GrainContext.GrainId] = activation;

    /// <summary>It no longer is, unless another activation has taken its place.</summary>
    public void Remove(HostedActivation activation) => _activations.TryRemove(new(activation.GrainContext.GrainId, activation));
}
