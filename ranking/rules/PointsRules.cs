namespace Laurel.Ranking;

/// <summary>What an event is worth on one board. Immutable; any thread may use it.</summary>
/// <param name="scope">Filters that every event must satisfy.</param>
/// <param name="rules">The points of all that match are added.</param>
public sealed class PointsRules(EventFilter[] scope, PointsRule[] rules)
{
    /// <summary>Whether no event is ever worth anything here.</summary>
    public bool IsEmpty => rules.Length == 0;

    /// <summary>The event's one contribution. Allocates nothing.</summary>
    /// <param name="type">The event's type in UTF-8.</param>
    /// <param name="attributes">By the numbers that these rules' paths have.</param>
    /// <param name="points">The sum of all rules that match.</param>
    /// <returns>False when the event does not concern the board: no rule matches it, a filter fails, or the sum is not finite.</returns>
    public bool TryScore<TEvent>(ReadOnlySpan<byte> type, in TEvent attributes, out double points)
        where TEvent : IEventAttributes, allows ref struct
    {
        points = 0;
        var matched = false;
        foreach (var rule in rules)
        {
            if (!rule.TryMatch(type, in attributes, out var value))
                continue;
            // The scope is looked at only for events of a type that the board knows.
            if (!matched && !IsInScope(in attributes))
                return false;
            matched = true;
            points += value;
        }

        return matched && double.IsFinite(points);
    }

    private bool IsInScope<TEvent>(in TEvent attributes)
        where TEvent : IEventAttributes, allows ref struct
    {
        foreach (var filter in scope)
        {
            if (!filter.Accepts(in attributes))
                return false;
        }

        return true;
    }
}
