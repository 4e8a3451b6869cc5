using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.Events;

/// <summary>Seasons that take no events while they are away.</summary>
internal sealed class FaultySeasons
{
    public bool AreAway { get; set; }

    public IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> Factories => new Dictionary<Type, Func<ActivationContext, IActivation>>(Standalone.GrainFactories.All)
    {
        [typeof(ISeason)] = context => AreAway ? throw new Laurel.Storage.StorageUnavailableException("away") : new Season(context),
    };
}
