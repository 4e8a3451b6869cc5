namespace Laurel.Ranking;

/// <summary>How a filter compares an attribute with its operands.</summary>
public enum FilterOperator : byte
{
    /// <summary>It is the operand.</summary>
    Equal,

    /// <summary>It is not the operand, or there is none.</summary>
    NotEqual,

    /// <summary>It is one of the operands.</summary>
    In,

    /// <summary>It is none of the operands, or there is none.</summary>
    NotIn,

    /// <summary>It is a greater number.</summary>
    Greater,

    /// <summary>It is that number or a greater one.</summary>
    GreaterOrEqual,

    /// <summary>It is a smaller number.</summary>
    Less,

    /// <summary>It is that number or a smaller one.</summary>
    LessOrEqual,

    /// <summary>There is such an attribute.</summary>
    Exists,

    /// <summary>There is no such attribute.</summary>
    Absent,
}
