using System.Text;

namespace Laurel.Ranking;

/// <summary>
/// Parses one expression by recursive descent, checks the types that are known before there is an event, and lays its nodes into one
/// list, operands before what takes them.
/// </summary>
/// <remarks>
/// From loosest to tightest: <c>or</c>; <c>and</c>; <c>not</c>; one comparison; <c>+ -</c>; <c>* / %</c>; unary minus; constants, paths,
/// functions, parentheses. After the first mistake the rest of the text reads as its end, so every method returns soon.
/// </remarks>
internal sealed class ExpressionParser(string text, PathTable paths)
{
    private static readonly string[] Roots = ["attrs", "attributes", "actor", "event_type"];

    private readonly ExpressionLexer _lexer = new(text);
    private readonly List<ExpressionNode> _nodes = [];
    private readonly List<byte[]> _texts = [];
    private ExpressionToken _token;
    private int _depth;

    /// <summary>The first mistake; null when there is none.</summary>
    public ExpressionMistake? Mistake { get; private set; }

    /// <summary>The whole expression; null after a mistake.</summary>
    public Expression? Parse()
    {
        if (text.Length > Expression.LongestText)
        {
            Fail(Expression.LongestText, $"an expression has at most {Expression.LongestText} characters");
            return null;
        }

        Advance();
        var root = Or();
        if (_token.Kind != TokenKind.End)
            Fail(_token.Position, $"'{_token.Text}' cannot stand here");
        Require(root, ExpressionType.Number, 0);
        return Mistake is null ? new Expression([.. _nodes], [.. _texts]) : null;
    }

    private int Or()
    {
        var left = And();
        while (_token.IsWord("or"))
            left = Logical(Operation.Or, left, And);
        return left;
    }

    private int And()
    {
        var left = Not();
        while (_token.IsWord("and"))
            left = Logical(Operation.And, left, Not);
        return left;
    }

    private int Logical(Operation operation, int left, Func<int> next)
    {
        var position = Advance();
        Require(left, ExpressionType.Boolean, position);
        var right = next();
        Require(right, ExpressionType.Boolean, position);
        return Add(ExpressionNode.Of(operation, ExpressionType.Boolean, left, right));
    }

    private int Not()
    {
        if (!_token.IsWord("not"))
            return Comparison();
        var position = Advance();
        var operand = Deeper(position, Not);
        Require(operand, ExpressionType.Boolean, position);
        return Add(ExpressionNode.Of(Operation.Not, ExpressionType.Boolean, operand));
    }

    private int Comparison()
    {
        var left = Sum();
        if (ComparisonOf(_token) is not { } operation)
            return left;

        var position = Advance();
        var right = Sum();
        if (ComparisonOf(_token) is not null)
            Fail(_token.Position, "comparisons cannot be chained; join them with 'and'");
        if (operation is Operation.Equal or Operation.NotEqual)
        {
            Unify(left, right, position, "compares");
        }
        else
        {
            Require(left, ExpressionType.Number, position);
            Require(right, ExpressionType.Number, position);
        }

        return Add(ExpressionNode.Of(operation, ExpressionType.Boolean, left, right));
    }

    private int Sum()
    {
        var left = Product();
        while (_token.Is("+") || _token.Is("-"))
            left = Arithmetic(_token.Is("+") ? Operation.Add : Operation.Subtract, left, Product);
        return left;
    }

    private int Product()
    {
        var left = Sign();
        while (_token.Is("*") || _token.Is("/") || _token.Is("%"))
        {
            var operation = _token.Is("*") ? Operation.Multiply : _token.Is("/") ? Operation.Divide : Operation.Remainder;
            left = Arithmetic(operation, left, Sign);
        }

        return left;
    }

    private int Arithmetic(Operation operation, int left, Func<int> next)
    {
        var position = Advance();
        Require(left, ExpressionType.Number, position);
        var right = next();
        Require(right, ExpressionType.Number, position);
        return Add(ExpressionNode.Of(operation, ExpressionType.Number, left, right));
    }

    private int Sign()
    {
        if (!_token.Is("-"))
            return Primary();
        var position = Advance();
        var operand = Deeper(position, Sign);
        Require(operand, ExpressionType.Number, position);
        return Add(ExpressionNode.Of(Operation.Negate, ExpressionType.Number, operand));
    }

    private int Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return Add(new(Operation.Constant, ExpressionType.Number, Number: token.Number));
            case TokenKind.Text:
                Advance();
                _texts.Add(Encoding.UTF8.GetBytes(token.Text));
                return Add(ExpressionNode.Of(Operation.Text, ExpressionType.Text, _texts.Count - 1));
            case TokenKind.Name:
                Advance();
                return Named(token);
            case TokenKind.Symbol when token.Text == "(":
                Advance();
                var inner = Deeper(token.Position, Or);
                Expect(")");
                return inner;
            case TokenKind.End:
                return Fail(token.Position, "something is missing at the end");
            default:
                return Fail(token.Position, $"a number, a path or a function must stand here, not '{token.Text}'");
        }
    }

    private int Named(ExpressionToken name)
    {
        if (_token.Is("("))
            return Function(name);
        switch (name.Text)
        {
            case "true" or "false":
                return Add(new(Operation.Constant, ExpressionType.Boolean, Number: name.Text == "true" ? 1 : 0));
            case "and" or "or" or "not":
                return Fail(name.Position, $"'{name.Text}' cannot stand here");
        }

        var dot = name.Text.IndexOf('.');
        var root = dot < 0 ? name.Text : name.Text[..dot];
        if (!Roots.Contains(root))
            return Fail(name.Position, $"'{name.Text}' is no path of an event; paths begin with attrs or actor, such as attrs.score");
        if (dot < 0 && root != "event_type")
            return Fail(name.Position, $"'{name.Text}' names no single attribute; write one of it, such as {name.Text}.score");
        return Add(ExpressionNode.Of(Operation.Path, ExpressionType.Any, paths.NumberOf(name.Text)));
    }

    private int Function(ExpressionToken name)
    {
        Advance();
        var arguments = Deeper(name.Position, Arguments);
        Expect(")");
        return (name.Text, arguments.Count) switch
        {
            ("if", 3) => Choice(arguments, name.Position),
            ("min", >= 2) => Fold(Operation.Minimum, arguments, name.Position),
            ("max", >= 2) => Fold(Operation.Maximum, arguments, name.Position),
            ("abs", 1) => Rounding(Operation.Absolute, arguments[0], name.Position),
            ("floor", 1) => Rounding(Operation.Floor, arguments[0], name.Position),
            ("ceil", 1) => Rounding(Operation.Ceiling, arguments[0], name.Position),
            ("round", 1) => Rounding(Operation.Round, arguments[0], name.Position),
            ("if", _) => Fail(name.Position, "'if' takes a condition and two values"),
            ("min" or "max", _) => Fail(name.Position, $"'{name.Text}' takes two or more numbers"),
            ("abs" or "floor" or "ceil" or "round", _) => Fail(name.Position, $"'{name.Text}' takes one number"),
            _ => Fail(name.Position, $"'{name.Text}' is no function; known are min, max, abs, floor, ceil, round, if"),
        };
    }

    private List<int> Arguments()
    {
        List<int> arguments = [];
        if (_token.Is(")"))
            return arguments;
        arguments.Add(Or());
        while (_token.Is(","))
        {
            Advance();
            arguments.Add(Or());
        }

        return arguments;
    }

    private int Choice(List<int> arguments, int position)
    {
        Require(arguments[0], ExpressionType.Boolean, position);
        var type = Unify(arguments[1], arguments[2], position, "chooses between");
        return Add(ExpressionNode.Of(Operation.If, type, arguments[0], arguments[1], arguments[2]));
    }

    private int Fold(Operation operation, List<int> arguments, int position)
    {
        foreach (var argument in arguments)
            Require(argument, ExpressionType.Number, position);
        return arguments.Aggregate((left, right) => Add(ExpressionNode.Of(operation, ExpressionType.Number, left, right)));
    }

    private int Rounding(Operation operation, int argument, int position)
    {
        Require(argument, ExpressionType.Number, position);
        return Add(ExpressionNode.Of(operation, ExpressionType.Number, argument));
    }

    private static Operation? ComparisonOf(ExpressionToken token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "==" => Operation.Equal,
        "!=" => Operation.NotEqual,
        "<" => Operation.Less,
        "<=" => Operation.LessOrEqual,
        ">" => Operation.Greater,
        ">=" => Operation.GreaterOrEqual,
        _ => null,
    };

    private T Deeper<T>(int position, Func<T> parse)
    {
        if (++_depth > Expression.DeepestNesting)
            Fail(position, $"an expression is nested at most {Expression.DeepestNesting} deep");
        var result = parse();
        _depth--;
        return result;
    }

    private void Require(int node, ExpressionType type, int position)
    {
        if (Mistake is null && _nodes[node].Type is var found && found != type && found != ExpressionType.Any)
            Fail(position, $"{Name(type)} is needed here, not {Name(found)}");
    }

    private ExpressionType Unify(int first, int second, int position, string what)
    {
        if (Mistake is not null)
            return ExpressionType.Any;
        var (one, other) = (_nodes[first].Type, _nodes[second].Type);
        if (one != other && one != ExpressionType.Any && other != ExpressionType.Any)
            Fail(position, $"this {what} {Name(one)} and {Name(other)}");
        return one == ExpressionType.Any ? other : one;
    }

    private static string Name(ExpressionType type) => type switch
    {
        ExpressionType.Number => "a number",
        ExpressionType.Boolean => "a condition",
        ExpressionType.Text => "a text",
        _ => "an attribute",
    };

    private int Add(ExpressionNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    /// <summary>Moves to the next word and returns the position of the one that was left.</summary>
    private int Advance()
    {
        var position = _token.Position;
        if (Mistake is not null)
            return position;
        _token = _lexer.Next();
        if (_token.Kind == TokenKind.Wrong)
            Fail(_token.Position, _token.Text);
        return position;
    }

    private void Expect(string symbol)
    {
        if (_token.Is(symbol))
            Advance();
        else
            Fail(_token.Position, $"'{symbol}' is missing here");
    }

    private int Fail(int position, string message)
    {
        Mistake ??= new(position + 1, message);
        _token = new(TokenKind.End, text.Length, "");
        return Add(new(Operation.Constant, ExpressionType.Any));
    }
}
