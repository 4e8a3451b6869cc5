using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// All that a host gives to a grain it activates. The host guarantees turns: between two awaits of a grain nothing else runs in the
/// same activation, at an await other calls may interleave.
/// </summary>
public sealed class ActivationContext
{
    /// <summary>The grain's address among those of its kind.</summary>
    public required string Key { get; init; }

    /// <summary>All time comes from here.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The store of the process.</summary>
    public required IStore Store { get; init; }

    /// <summary>Calls to other grains.</summary>
    public required IGrainPort Grains { get; init; }

    /// <summary>Where the grain tells its news.</summary>
    public required IFeed Feed { get; init; }

    /// <summary>For the grain's log lines.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>
    /// Asks the host to drop this activation once its present calls have ended: the next call activates the grain anew. For a grain that
    /// lost its season, or that turned out to hold nothing.
    /// </summary>
    public required Action RequestDeactivation { get; init; }
}
