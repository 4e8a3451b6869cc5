using System.Text;

namespace Laurel.Ranking;

/// <summary>Points for events of one type.</summary>
/// <param name="eventType">The type.</param>
/// <param name="conditions">All must hold.</param>
/// <param name="points">How many.</param>
public sealed class PointsRule(string eventType, EventFilter[] conditions, Expression points)
{
    private readonly byte[] _eventType = Encoding.UTF8.GetBytes(eventType);

    /// <summary>The points of an event. False when the rule does not match it.</summary>
    public bool TryMatch<TEvent>(ReadOnlySpan<byte> type, in TEvent attributes, out double value)
        where TEvent : IEventAttributes, allows ref struct
    {
        value = 0;
        if (!type.SequenceEqual(_eventType))
            return false;
        foreach (var condition in conditions)
        {
            if (!condition.Accepts(in attributes))
                return false;
        }

        return points.TryEvaluate(in attributes, out value);
    }
}
