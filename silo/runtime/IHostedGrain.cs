using Laurel.Grains;

namespace Laurel.Silo;

/// <summary>What makes one of Laurel's grains a grain of Orleans: its life is the activation's.</summary>
internal interface IHostedGrain : IGrainBase, IActivation
{
    /// <summary>Its activation.</summary>
    HostedActivation Host { get; }

    /// <inheritdoc/>
    IGrainContext IGrainBase.GrainContext => Host.GrainContext;

    /// <inheritdoc/>
    Task IGrainBase.OnActivateAsync(CancellationToken token) => Host.LoadAsync(this);

    /// <inheritdoc/>
    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => UnloadAsync();
}
