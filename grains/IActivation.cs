namespace Laurel.Grains;

/// <summary>What a host does with every grain, besides calling its methods.</summary>
public interface IActivation
{
    /// <summary>Called once, as the first turn, before any method. When it throws, the activation is dropped and the call that caused it is answered Unavailable.</summary>
    Task LoadAsync();

    /// <summary>Called as the last turn, with no call under way, before the host drops the activation: writes out what waits. Not called at a crash.</summary>
    Task UnloadAsync();
}
