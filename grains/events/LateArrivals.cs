using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>The events of one round that were worth something on a board and came too late for it, by window.</summary>
internal sealed class LateArrivals
{
    private readonly Dictionary<string, List<long>> _positions = [];

    /// <summary>How many.</summary>
    public long Count => _positions.Values.Sum(static positions => (long)positions.Count);

    /// <summary>Adds one.</summary>
    /// <param name="windowKey">The window it belongs to.</param>
    /// <param name="position">In the order of acceptance.</param>
    public void Add(string windowKey, long position)
    {
        if (!_positions.TryGetValue(windowKey, out var positions))
            _positions.Add(windowKey, positions = []);
        positions.Add(position);
    }

    /// <summary>All of them, as the board counts them.</summary>
    public IEnumerable<LateEvents> ByWindow() => _positions.Select(static window => new LateEvents(window.Key, [.. window.Value.Order()]));
}
