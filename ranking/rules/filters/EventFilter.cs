namespace Laurel.Ranking;

/// <summary>
/// One condition on an event. An absent attribute fails every operator but <see cref="FilterOperator.NotEqual"/>,
/// <see cref="FilterOperator.NotIn"/> and <see cref="FilterOperator.Absent"/>. Values of two kinds are never equal, and only numbers are
/// greater or less.
/// </summary>
/// <param name="path">The attribute's number in the rules' <see cref="PathTable"/>.</param>
/// <param name="comparison">How it compares.</param>
/// <param name="operands">One, or for In and NotIn one or more; none for Exists and Absent.</param>
public sealed class EventFilter(int path, FilterOperator comparison, params FilterOperand[] operands)
{
    /// <summary>Whether the event satisfies it. Allocates nothing.</summary>
    public bool Accepts<TEvent>(in TEvent attributes)
        where TEvent : IEventAttributes, allows ref struct
    {
        var value = attributes.Get(path);
        return comparison switch
        {
            FilterOperator.Equal or FilterOperator.In => IsAny(value),
            FilterOperator.NotEqual or FilterOperator.NotIn => !IsAny(value),
            FilterOperator.Exists => value.Kind != AttributeKind.Missing,
            FilterOperator.Absent => value.Kind == AttributeKind.Missing,
            _ => value.Kind == AttributeKind.Number && Compare(value.Number, operands[0].Number),
        };
    }

    private bool IsAny(AttributeValue value)
    {
        foreach (ref readonly var operand in operands.AsSpan())
        {
            if (value.Says(operand.Value))
                return true;
        }

        return false;
    }

    private bool Compare(double value, double operand) => comparison switch
    {
        FilterOperator.Greater => value > operand,
        FilterOperator.GreaterOrEqual => value >= operand,
        FilterOperator.Less => value < operand,
        _ => value <= operand,
    };
}
