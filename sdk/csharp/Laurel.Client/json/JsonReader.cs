using System.Globalization;
using System.Text;

namespace Laurel.Client;

/// <summary>Reads JSON as RFC 8259 has it, and nothing else.</summary>
internal struct JsonReader(string text)
{
    private const int MostNested = 64;

    private int _at;
    private int _depth;

    /// <exception cref="FormatException">It is no JSON.</exception>
    public LaurelJson ReadDocument()
    {
        var value = ReadValue();
        SkipSpace();
        return _at == text.Length ? value : throw Wrong();
    }

    private LaurelJson ReadValue()
    {
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return Nested(static (ref reader) => reader.ReadObject());
            case '[':
                return Nested(static (ref reader) => reader.ReadArray());
            case '"':
                return LaurelJson.Of(ReadText());
            case 't':
                Take("true");
                return LaurelJson.Of(true);
            case 'f':
                Take("false");
                return LaurelJson.Of(false);
            case 'n':
                Take("null");
                return LaurelJson.Null;
            default:
                return ReadNumber();
        }
    }

    private delegate LaurelJson Read(ref JsonReader reader);

    private LaurelJson Nested(Read read)
    {
        if (++_depth > MostNested)
            throw Wrong();
        _at++;
        var value = read(ref this);
        _depth--;
        return value;
    }

    private LaurelJson ReadObject()
    {
        List<KeyValuePair<string, LaurelJson>> members = [];
        if (TryTake('}'))
            return new LaurelJson(members);
        do
        {
            SkipSpace();
            var name = ReadText();
            if (!TryTake(':'))
                throw Wrong();
            members.Add(new(name, ReadValue()));
        }
        while (TryTake(','));
        return TryTake('}') ? new LaurelJson(members) : throw Wrong();
    }

    private LaurelJson ReadArray()
    {
        List<LaurelJson> items = [];
        if (TryTake(']'))
            return new LaurelJson(items);
        do
            items.Add(ReadValue());
        while (TryTake(','));
        return TryTake(']') ? new LaurelJson(items) : throw Wrong();
    }

    private string ReadText()
    {
        if (Peek() != '"')
            throw Wrong();
        var start = ++_at;
        while (Peek() is not ('"' or '\\') and >= ' ')
            _at++;
        if (Peek() == '"')
            return text.Substring(start, _at++ - start);

        var unescaped = new StringBuilder().Append(text, start, _at - start);
        while (Peek() != '"')
        {
            if (Peek() < ' ')
                throw Wrong();
            var character = text[_at++];
            unescaped.Append(character == '\\' ? ReadEscape() : character);
        }

        _at++;
        return unescaped.ToString();
    }

    private char ReadEscape()
    {
        var character = Peek();
        _at++;
        switch (character)
        {
            case '"' or '\\' or '/':
                return character;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 <= text.Length
                && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Wrong();
        }
    }

    private LaurelJson ReadNumber()
    {
        var start = _at;
        if (Peek() == '-')
            _at++;
        if (Peek() == '0')
            _at++;
        else
            TakeDigits();
        if (Peek() == '.')
        {
            _at++;
            TakeDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            _at++;
            if (Peek() is '+' or '-')
                _at++;
            TakeDigits();
        }

        return new LaurelJson(LaurelJsonKind.Number, text.Substring(start, _at - start));
    }

    private void TakeDigits()
    {
        var start = _at;
        while (Peek() is >= '0' and <= '9')
            _at++;
        if (_at == start)
            throw Wrong();
    }

    private bool TryTake(char character)
    {
        SkipSpace();
        if (Peek() != character)
            return false;
        _at++;
        return true;
    }

    private void Take(string word)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
            throw Wrong();
        _at += word.Length;
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    // A NUL stands nowhere in JSON, so it can stand for the end.
    private readonly char Peek() => _at < text.Length ? text[_at] : '\0';

    private readonly FormatException Wrong() =>
        new(FormattableString.Invariant($"The text is no JSON: it goes wrong at character {_at + 1} of {text.Length}."));
}
