using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Laurel.Ranking;

/// <summary>
/// The points of a scoring rule: an expression over an event's attributes, parsed and checked once. Immutable; any thread may use it.
/// </summary>
/// <remarks>
/// <para>Numbers, quoted texts, <c>true</c>, <c>false</c>, dotted paths, <c>+ - * / %</c>, comparisons, <c>and or not</c>, the functions
/// <c>min max abs floor ceil round if</c>, unary minus and parentheses. <c>if</c>, <c>and</c> and <c>or</c> evaluate only what decides;
/// <c>%</c> has the dividend's sign; <c>round</c> halves away from zero; <c>==</c> and <c>!=</c> compare texts and booleans too, and
/// values of two kinds are not equal.</para>
/// <para>There is no value when an attribute on the way is missing or of another kind than is needed, when something is divided by zero,
/// or when any result on the way is not finite.</para>
/// <para>The tree lies in one array: evaluating it allocates nothing, and costs some nanoseconds a node and what the attributes cost.</para>
/// </remarks>
public sealed class Expression
{
    /// <summary>The longest expression, in UTF-16 characters.</summary>
    public const int LongestText = 500;

    /// <summary>How deep parentheses, functions, signs and negations may be nested.</summary>
    public const int DeepestNesting = 64;

    private readonly ExpressionNode[] _nodes;
    private readonly byte[][] _texts;

    internal Expression(ExpressionNode[] nodes, byte[][] texts) => (_nodes, _texts) = (nodes, texts);

    /// <summary>Parses an expression; linear in its length.</summary>
    /// <param name="text">As its author wrote it.</param>
    /// <param name="paths">Gets the paths it speaks of.</param>
    /// <param name="expression">Null after a mistake.</param>
    /// <param name="mistake">The first one.</param>
    public static bool TryParse(
        string text,
        PathTable paths,
        [NotNullWhen(true)] out Expression? expression,
        [NotNullWhen(false)] out ExpressionMistake? mistake)
    {
        var parser = new ExpressionParser(text, paths);
        expression = parser.Parse();
        mistake = parser.Mistake;
        return expression is not null;
    }

    /// <summary>The value for an event.</summary>
    /// <returns>False, and 0, when there is none.</returns>
    public bool TryEvaluate<TEvent>(in TEvent attributes, out double value)
        where TEvent : IEventAttributes, allows ref struct
    {
        if (TryNumber(_nodes.Length - 1, in attributes, out value))
            return true;
        value = 0;
        return false;
    }

    /// <summary>Constants and paths are half of all nodes: they are answered where they are asked for, without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNumber<TEvent>(int index, in TEvent attributes, out double value)
        where TEvent : IEventAttributes, allows ref struct
    {
        ref readonly var node = ref _nodes[index];
        if (node.Operation == Operation.Path)
            return attributes.Get(node.First, out value) == AttributeKind.Number;
        value = node.Number;
        return node.Operation == Operation.Constant || TryCompute(in node, in attributes, out value);
    }

    private bool TryCompute<TEvent>(ref readonly ExpressionNode node, in TEvent attributes, out double value)
        where TEvent : IEventAttributes, allows ref struct
    {
        switch (node.Operation)
        {
            case Operation.If:
                value = 0;
                return TryTruth(node.First, in attributes, out var condition)
                    && TryNumber(condition ? node.Second : node.Third, in attributes, out value);
            case Operation.Negate or Operation.Absolute or Operation.Floor or Operation.Ceiling or Operation.Round:
                if (!TryNumber(node.First, in attributes, out value))
                    return false;
                value = Of(node.Operation, value);
                return true;
            default:
                value = 0;
                if (!TryNumber(node.First, in attributes, out var first) || !TryNumber(node.Second, in attributes, out var second))
                    return false;
                value = Of(node.Operation, first, second);
                return double.IsFinite(value);
        }
    }

    private static double Of(Operation operation, double operand) => operation switch
    {
        Operation.Negate => -operand,
        Operation.Absolute => Math.Abs(operand),
        Operation.Floor => Math.Floor(operand),
        Operation.Ceiling => Math.Ceiling(operand),
        _ => Math.Round(operand, MidpointRounding.AwayFromZero),
    };

    private static double Of(Operation operation, double first, double second) => operation switch
    {
        Operation.Add => first + second,
        Operation.Subtract => first - second,
        Operation.Multiply => first * second,
        Operation.Divide => first / second,
        Operation.Remainder => first % second,
        Operation.Minimum => Math.Min(first, second),
        _ => Math.Max(first, second),
    };

    private bool TryTruth<TEvent>(int index, in TEvent attributes, out bool truth)
        where TEvent : IEventAttributes, allows ref struct
    {
        ref readonly var node = ref _nodes[index];
        truth = false;
        switch (node.Operation)
        {
            case Operation.Constant:
                truth = node.Number != 0;
                return true;
            case Operation.Path:
                var kind = attributes.Get(node.First, out var attribute);
                truth = attribute != 0;
                return kind == AttributeKind.Boolean;
            case Operation.If:
                return TryTruth(node.First, in attributes, out var condition)
                    && TryTruth(condition ? node.Second : node.Third, in attributes, out truth);
            case Operation.Not:
                if (!TryTruth(node.First, in attributes, out truth))
                    return false;
                truth = !truth;
                return true;
            case Operation.And or Operation.Or:
                return TryTruth(node.First, in attributes, out truth)
                    && (truth == (node.Operation == Operation.Or) || TryTruth(node.Second, in attributes, out truth));
            case Operation.Equal or Operation.NotEqual:
                return TryEqual(in node, in attributes, out truth);
            default:
                if (!TryNumber(node.First, in attributes, out var first) || !TryNumber(node.Second, in attributes, out var second))
                    return false;
                truth = Compare(node.Operation, first, second);
                return true;
        }
    }

    private static bool Compare(Operation operation, double first, double second) => operation switch
    {
        Operation.Less => first < second,
        Operation.LessOrEqual => first <= second,
        Operation.Greater => first > second,
        _ => first >= second,
    };

    private bool TryEqual<TEvent>(ref readonly ExpressionNode node, in TEvent attributes, out bool truth)
        where TEvent : IEventAttributes, allows ref struct
    {
        var kind = KindOf(node.First, in attributes, out var first, out var firstText);
        var otherKind = KindOf(node.Second, in attributes, out var second, out var secondText);
        var isEqual = kind == otherKind
            && (kind == AttributeKind.Text ? TextOf(firstText, in attributes).SequenceEqual(TextOf(secondText, in attributes)) : first == second);
        truth = isEqual == (node.Operation == Operation.Equal);
        return IsScalar(kind) && IsScalar(otherKind);
    }

    private static bool IsScalar(AttributeKind kind) => kind is AttributeKind.Number or AttributeKind.Boolean or AttributeKind.Text;

    /// <summary>What a node is worth, whatever its kind; Missing when there is no value.</summary>
    /// <param name="index">The node.</param>
    /// <param name="attributes">The event's.</param>
    /// <param name="number">Of a number; 1 or 0 of a boolean.</param>
    /// <param name="text">Of a text: the node that has it.</param>
    private AttributeKind KindOf<TEvent>(int index, in TEvent attributes, out double number, out int text)
        where TEvent : IEventAttributes, allows ref struct
    {
        text = index;
        number = 0;
        ref readonly var node = ref _nodes[index];
        switch (node.Operation)
        {
            case Operation.Path:
                return attributes.Get(node.First, out number);
            case Operation.Text:
                return AttributeKind.Text;
            case Operation.If:
                return TryTruth(node.First, in attributes, out var condition)
                    ? KindOf(condition ? node.Second : node.Third, in attributes, out number, out text)
                    : AttributeKind.Missing;
        }

        if (node.Type != ExpressionType.Boolean)
            return TryNumber(index, in attributes, out number) ? AttributeKind.Number : AttributeKind.Missing;
        if (!TryTruth(index, in attributes, out var truth))
            return AttributeKind.Missing;
        number = truth ? 1 : 0;
        return AttributeKind.Boolean;
    }

    private ReadOnlySpan<byte> TextOf<TEvent>(int index, in TEvent attributes)
        where TEvent : IEventAttributes, allows ref struct
    {
        ref readonly var node = ref _nodes[index];
        return node.Operation == Operation.Text ? _texts[node.First] : attributes.TextOf(node.First);
    }
}
