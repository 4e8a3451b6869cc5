namespace Laurel.Standalone;

/// <summary>How long the parts of a grain's life in one process may take.</summary>
public sealed class StandalonePortOptions
{
    /// <summary>A call that is unanswered after this is answered Unavailable; the grain's own work goes on. Kept to about a twentieth.</summary>
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An activation without calls for this long is unloaded. Kept to about a tenth.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A load that takes longer has failed.</summary>
    public TimeSpan LoadLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an activation that is to go may take to end its calls, and again to unload; after that it is dropped as it is, and the
    /// store's fence keeps what it still does from harm.
    /// </summary>
    public TimeSpan UnloadLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a stop may take; half of it for the calls under way.</summary>
    public TimeSpan StopLimit { get; set; } = TimeSpan.FromSeconds(4);
}
