namespace Laurel.Ranking;

/// <summary>What is wrong with an expression: the first thing.</summary>
/// <param name="Position">Of the character it begins at, from 1; one past the last for an expression that ends too early.</param>
/// <param name="Message">What is wrong or would be right, without a full stop.</param>
public sealed record ExpressionMistake(int Position, string Message);
