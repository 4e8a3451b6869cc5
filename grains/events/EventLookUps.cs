using System.Runtime.CompilerServices;
using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>
/// What a board's rules have asked an event for: each attribute is looked up when it is asked for first, and once. For one event at a
/// time, and one thread.
/// </summary>
/// <param name="paths">The rules' paths.</param>
internal sealed class EventLookUps(PathTable paths)
{
    private readonly EventPath[] _paths = [.. paths.Paths.Select(static path => new EventPath(path))];
    private readonly LookUp[] _found = new LookUp[paths.Paths.Count];

    /// <summary>Begins with an event; what was found in the one before is forgotten.</summary>
    public EventAttributes In(EventReader source)
    {
        _found.AsSpan().Clear();
        return new EventAttributes(source, this);
    }

    /// <summary>The attribute of a path, by its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal EventValue Find(in EventReader source, int path)
    {
        ref var found = ref _found[path];
        if (!found.IsKnown)
            found = new(true, source.Find(in _paths[path]));
        return found.Value;
    }

    private readonly record struct LookUp(bool IsKnown, EventValue Value);
}
