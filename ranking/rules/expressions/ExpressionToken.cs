namespace Laurel.Ranking;

/// <summary>One word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Of its first character, from 0.</param>
/// <param name="Text">As written; of a quoted text what it says.</param>
/// <param name="Number">Of a number.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, int Position, string Text, double Number = 0)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;
}

/// <summary>What a word is.</summary>
internal enum TokenKind : byte
{
    End,
    Number,
    Text,
    Name,
    Symbol,

    /// <summary>No word at all; its text says why.</summary>
    Wrong,
}
