using System.Globalization;
using System.Text;

namespace Laurel.Ranking;

/// <summary>Cuts an expression into words.</summary>
internal sealed class ExpressionLexer(string text)
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ","];

    private int _at;

    /// <summary>The next word; <see cref="TokenKind.End"/> again and again after the last.</summary>
    public ExpressionToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length)
            return new(TokenKind.End, _at, "");

        var first = text[_at];
        if (char.IsAsciiDigit(first))
            return Number();
        if (char.IsLetter(first) || first == '_')
            return Name();
        return first is '"' or '\'' ? Quoted(first) : Symbol();
    }

    private ExpressionToken Number()
    {
        var start = _at;
        SkipDigits();
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            var sign = Peek(1) is '+' or '-' ? 1 : 0;
            if (char.IsAsciiDigit(Peek(1 + sign)))
            {
                _at += 1 + sign;
                SkipDigits();
            }
        }

        var written = text[start.._at];
        if (char.IsLetter(Peek()) || Peek() is '_' or '.')
            return new(TokenKind.Wrong, start, $"'{written}{Peek()}' is no number");
        var number = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? new(TokenKind.Number, start, written, number) : new(TokenKind.Wrong, start, "the number is too large");
    }

    /// <summary>A word, or words with dots between them.</summary>
    private ExpressionToken Name()
    {
        var start = _at;
        SkipWord();
        while (Peek() == '.')
        {
            _at++;
            var part = _at;
            SkipWord();
            if (part == _at)
                return new(TokenKind.Wrong, part, "a name must follow the dot");
        }

        return new(TokenKind.Name, start, text[start.._at]);
    }

    private ExpressionToken Quoted(char quote)
    {
        var start = _at++;
        StringBuilder said = new();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && Peek(1) is ('\\' or '"' or '\''))
                _at++;
            said.Append(text[_at++]);
        }

        if (_at == text.Length)
            return new(TokenKind.Wrong, start, "the quoted text does not end");
        _at++;
        return new(TokenKind.Text, start, said.ToString());
    }

    private ExpressionToken Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
            {
                var start = _at;
                _at += symbol.Length;
                return new(TokenKind.Symbol, start, symbol);
            }
        }

        return new(TokenKind.Wrong, _at, text[_at] switch
        {
            '=' => "'=' compares nothing; write '=='",
            '&' => "'&' means nothing here; write 'and'",
            '|' => "'|' means nothing here; write 'or'",
            '!' => "'!' means nothing here; write 'not'",
            _ => "this character means nothing here",
        });
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()))
            _at++;
    }

    private void SkipWord()
    {
        while (char.IsLetterOrDigit(Peek()) || Peek() == '_')
            _at++;
    }
}
