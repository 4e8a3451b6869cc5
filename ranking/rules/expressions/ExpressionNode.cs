namespace Laurel.Ranking;

/// <summary>One node of an expression: an operation on the results of the nodes it names. 16 bytes: four share a line of the cache.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Type">What it yields.</param>
/// <param name="First">The first operand's node; of a path or a text its number.</param>
/// <param name="Second">The second operand's node.</param>
/// <param name="Third">The third operand's node.</param>
/// <param name="Number">Of a constant; a boolean constant is 1 or 0.</param>
internal readonly record struct ExpressionNode(
    Operation Operation, ExpressionType Type, short First = 0, short Second = 0, short Third = 0, double Number = 0)
{
    /// <summary>The same from wider numbers: an expression has fewer nodes than characters.</summary>
    public static ExpressionNode Of(Operation operation, ExpressionType type, int first, int second = 0, int third = 0) =>
        new(operation, type, checked((short)first), checked((short)second), checked((short)third));
}

/// <summary>What a node yields, as far as it is known before there is an event.</summary>
internal enum ExpressionType : byte
{
    /// <summary>An attribute's value, whatever it turns out to be.</summary>
    Any,
    Number,
    Boolean,
    Text,
}

/// <summary>What a node does.</summary>
internal enum Operation : byte
{
    Constant,
    Text,
    Path,
    If,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Minimum,
    Maximum,
    Absolute,
    Floor,
    Ceiling,
    Round,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Not,
    And,
    Or,
}
