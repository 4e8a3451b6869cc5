using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>An event's attributes as a board's rules ask for them.</summary>
internal readonly ref struct EventAttributes(EventReader found, EventPath[] paths) : IEventAttributes
{
    private readonly EventReader _event = found;

    /// <inheritdoc/>
    public AttributeValue Get(int path) => _event.Find(in paths[path], out var number, out var text) switch
    {
        EventValueKind.Number => AttributeValue.Of(number),
        EventValueKind.Boolean => AttributeValue.Of(number != 0),
        EventValueKind.Text => AttributeValue.Of(text),
        EventValueKind.Other => AttributeValue.Other,
        _ => default,
    };
}
