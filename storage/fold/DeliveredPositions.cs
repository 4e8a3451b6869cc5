namespace Laurel.Storage;

/// <summary>
/// Up to where a season has taken what some source delivers in order, so that a repeated delivery is known as one. One position a source:
/// there are as many as intakes of events.
/// </summary>
public sealed class DeliveredPositions
{
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);

    /// <summary>The last position taken from a source; 0 when there was none.</summary>
    public long Of(string source) => _positions.GetValueOrDefault(source);

    internal IEnumerable<KeyValuePair<string, long>> All => _positions;

    internal void Set(string source, long position) => _positions[source] = position;
}
