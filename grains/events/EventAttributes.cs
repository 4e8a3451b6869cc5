using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>An event's attributes as a board's rules ask for them: made by <see cref="EventLookUps.In"/>.</summary>
internal readonly ref struct EventAttributes : IEventAttributes
{
    private readonly EventReader _event;
    private readonly EventLookUps _lookUps;

    internal EventAttributes(EventReader source, EventLookUps lookUps)
    {
        _event = source;
        _lookUps = lookUps;
    }

    /// <inheritdoc/>
    public AttributeKind Get(int path, out double number)
    {
        var value = _lookUps.Find(in _event, path);
        number = value.Number;
        // Both name the same kinds by the same numbers.
        return (AttributeKind)value.Kind;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> TextOf(int path) => _event.TextOf(_lookUps.Find(in _event, path));
}
