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
        var kind = attributes.Get(path, out var number);
        return comparison switch
        {
            FilterOperator.Equal or FilterOperator.In => IsAny(kind, number, in attributes),
            FilterOperator.NotEqual or FilterOperator.NotIn => !IsAny(kind, number, in attributes),
            FilterOperator.Exists => kind != AttributeKind.Missing,
            FilterOperator.Absent => kind == AttributeKind.Missing,
            _ => kind == AttributeKind.Number && Compare(number, operands[0].Number),
        };
    }

    private bool IsAny<TEvent>(AttributeKind kind, double number, in TEvent attributes)
        where TEvent : IEventAttributes, allows ref struct
    {
        var text = kind == AttributeKind.Text ? attributes.TextOf(path) : default;
        foreach (ref readonly var operand in operands.AsSpan())
        {
            if (kind == AttributeKind.Text ? operand.Is(text) : operand.Is(kind, number))
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
