namespace Laurel.Ranking.Tests;

public class ExpressionTests
{
    private static readonly Dictionary<string, object> Match = new()
    {
        ["event_type"] = "match",
        ["attrs.score"] = 10.0,
        ["attrs.victory"] = true,
        ["attrs.mode"] = "ranked",
        ["attrs.tags"] = new object(),
        ["actor.metadata.level"] = 4.0,
    };

    [Theory]
    [InlineData("attrs.score", 10)]
    [InlineData("attributes.score", 10)]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("-attrs.score + 1", -9)]
    [InlineData("2 * -3", -6)]
    [InlineData("-7 % 3", -1)]
    [InlineData("7 % -3", 1)]
    [InlineData("round(2.5)", 3)]
    [InlineData("round(-2.5)", -3)]
    [InlineData("floor(-1.5) + ceil(-1.5)", -3)]
    [InlineData("min(3, 1, 2) + max(1, attrs.score)", 11)]
    [InlineData("if(attrs.victory, 3, 0)", 3)]
    [InlineData("if(attrs.mode == 'ranked', attrs.score, 0)", 10)]
    [InlineData("if(attrs.mode != \"casual\" and not (attrs.score < 5), 1, 2)", 1)]
    [InlineData("if(attrs.victory == true, 1, 2)", 1)]
    [InlineData("if(attrs.mode == attrs.score, 1, 2)", 2)]
    [InlineData("if(true, 1, attrs.absent)", 1)]
    [InlineData("if(true or attrs.absent > 1, 1, 2)", 1)]
    [InlineData("if(false and attrs.absent > 1, 1, 2)", 2)]
    [InlineData("if(event_type == 'kill', 1, 2)", 2)]
    [InlineData("1.5e2", 150)]
    public void An_expression_has_the_value_that_its_rules_say(string text, double value) => Assert.Equal(value, Evaluate(text));

    [Theory]
    [InlineData("attrs.absent")]
    [InlineData("attrs.mode")]
    [InlineData("attrs.victory")]
    [InlineData("attrs.tags")]
    [InlineData("attrs.score + attrs.victory")]
    [InlineData("1 / 0")]
    [InlineData("min(1 / 0, 5)")]
    [InlineData("5 % 0")]
    [InlineData("1e308 * 10")]
    [InlineData("if(attrs.score, 1, 2)")]
    [InlineData("if(attrs.absent == 1, 1, 2)")]
    [InlineData("if(attrs.absent > 1 or true, 1, 2)")]
    [InlineData("if(attrs.mode > 1, 1, 2)")]
    public void A_missing_or_unfit_attribute_or_a_result_that_is_not_finite_is_no_match(string text) => Assert.Null(Evaluate(text));

    [Theory]
    [InlineData("", 1, "something is missing at the end")]
    [InlineData("attrs.score +", 14, "something is missing at the end")]
    [InlineData("score", 1, "'score' is no path of an event; paths begin with attrs or actor, such as attrs.score")]
    [InlineData("attrs", 1, "'attrs' names no single attribute; write one of it, such as attrs.score")]
    [InlineData("attrs..score", 7, "a name must follow the dot")]
    [InlineData("(1 + 2", 7, "')' is missing here")]
    [InlineData("1 2", 3, "'2' cannot stand here")]
    [InlineData("attrs.a = 1", 9, "'=' compares nothing; write '=='")]
    [InlineData("if(attrs.a && true, 1, 2)", 12, "'&' means nothing here; write 'and'")]
    [InlineData("1 < 2 < 3", 7, "comparisons cannot be chained; join them with 'and'")]
    [InlineData("attrs.a > 1", 1, "a number is needed here, not a condition")]
    [InlineData("'text'", 1, "a number is needed here, not a text")]
    [InlineData("if(1, 2, 3)", 1, "a condition is needed here, not a number")]
    [InlineData("if(true, 1, 'x')", 1, "this chooses between a number and a text")]
    [InlineData("if(1 == 'x', 1, 2)", 6, "this compares a number and a text")]
    [InlineData("1 + (2 > 1)", 3, "a number is needed here, not a condition")]
    [InlineData("sqrt(2)", 1, "'sqrt' is no function; known are min, max, abs, floor, ceil, round, if")]
    [InlineData("round(1, 2)", 1, "'round' takes one number")]
    [InlineData("min(1)", 1, "'min' takes two or more numbers")]
    [InlineData("1x", 1, "'1x' is no number")]
    [InlineData("1e999", 1, "the number is too large")]
    [InlineData("attrs.a == 'x", 12, "the quoted text does not end")]
    [InlineData("2 * ; 3", 5, "this character means nothing here")]
    public void A_mistake_has_its_position_and_says_what_would_be_right(string text, int position, string message)
    {
        Assert.False(Expression.TryParse(text, new PathTable(), out _, out var mistake));
        Assert.Equal(new ExpressionMistake(position, message), mistake);
    }

    [Fact]
    public void Nesting_goes_sixty_four_deep_and_no_deeper()
    {
        Assert.Equal(1, Evaluate(Nested(64)));
        Assert.False(Expression.TryParse(Nested(65), new PathTable(), out _, out var mistake));
        Assert.Equal(new ExpressionMistake(65, "an expression is nested at most 64 deep"), mistake);

        static string Nested(int depth) => new string('(', depth) + "1" + new string(')', depth);
    }

    [Fact]
    public void Five_hundred_characters_are_an_expression_and_one_more_is_not()
    {
        var longest = "10" + string.Concat(Enumerable.Repeat("+1", 249));
        Assert.Equal(259, Evaluate(longest));
        Assert.False(Expression.TryParse(longest + " ", new PathTable(), out _, out _));
    }

    private static double? Evaluate(string text)
    {
        PathTable paths = new();
        Assert.True(Expression.TryParse(text, paths, out var expression, out var mistake), mistake?.ToString());
        return expression.TryEvaluate(new DictionaryEvent(paths, Match), out var value) ? value : null;
    }
}
