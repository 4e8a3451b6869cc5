using static Laurel.Ranking.FilterOperand;

namespace Laurel.Ranking.Tests;

public class PointsRulesTests
{
    private static readonly Dictionary<string, object> Match = new()
    {
        ["attrs.level"] = 5.0,
        ["attrs.mode"] = "ranked",
        ["attrs.victory"] = true,
        ["attrs.party"] = new object(),
    };

    public static TheoryData<string, FilterOperator, FilterOperand[], bool> Filters { get; } = new()
    {
        { "attrs.mode", FilterOperator.Equal, [Of("ranked")], true },
        { "attrs.mode", FilterOperator.Equal, [Of("Ranked")], false },
        { "attrs.level", FilterOperator.Equal, [Of("5")], false },
        { "attrs.victory", FilterOperator.Equal, [Of(true)], true },
        { "attrs.victory", FilterOperator.Equal, [Of(1)], false },
        { "attrs.absent", FilterOperator.Equal, [Of(1)], false },
        { "attrs.party", FilterOperator.Equal, [Of(0)], false },
        { "attrs.mode", FilterOperator.NotEqual, [Of("casual")], true },
        { "attrs.absent", FilterOperator.NotEqual, [Of("casual")], true },
        { "attrs.mode", FilterOperator.In, [Of("casual"), Of("ranked")], true },
        { "attrs.absent", FilterOperator.In, [Of("casual")], false },
        { "attrs.mode", FilterOperator.NotIn, [Of("casual"), Of("ranked")], false },
        { "attrs.absent", FilterOperator.NotIn, [Of("casual")], true },
        { "attrs.level", FilterOperator.Greater, [Of(5)], false },
        { "attrs.level", FilterOperator.GreaterOrEqual, [Of(5)], true },
        { "attrs.level", FilterOperator.Less, [Of(5.5)], true },
        { "attrs.level", FilterOperator.LessOrEqual, [Of(4)], false },
        { "attrs.mode", FilterOperator.Less, [Of(1e9)], false },
        { "attrs.absent", FilterOperator.Less, [Of(1e9)], false },
        { "attrs.level", FilterOperator.Exists, [], true },
        { "attrs.party", FilterOperator.Exists, [], true },
        { "attrs.absent", FilterOperator.Exists, [], false },
        { "attrs.absent", FilterOperator.Absent, [], true },
        { "attrs.level", FilterOperator.Absent, [], false },
    };

    [Theory, MemberData(nameof(Filters))]
    public void A_filter_lets_an_event_pass_as_its_operator_says(string path, FilterOperator comparison, FilterOperand[] operands, bool passes)
    {
        PathTable paths = new();
        var filter = new EventFilter(paths.NumberOf(path), comparison, operands);
        Assert.Equal(passes, filter.Accepts(new DictionaryEvent(paths, Match)));
    }

    [Fact]
    public void The_points_of_all_matching_rules_are_added()
    {
        PathTable paths = new();
        var rules = new PointsRules([], [Rule("match", "attrs.level"), Rule("match", "attrs.absent"), Rule("kill", "100"), Rule("match", "2")]);
        Assert.True(rules.TryScore("match"u8, new DictionaryEvent(paths, Match), out var points));
        Assert.Equal(7, points);
        Assert.False(rules.TryScore("login"u8, new DictionaryEvent(paths, Match), out _));

        PointsRule Rule(string type, string text) => new(type, [], Parse(text, paths));
    }

    [Fact]
    public void Scope_and_conditions_must_all_hold_and_the_sum_be_finite()
    {
        PathTable paths = new();
        var level = new EventFilter(paths.NumberOf("attrs.level"), FilterOperator.Greater, Of(9));
        var mode = new EventFilter(paths.NumberOf("attrs.mode"), FilterOperator.Exists);
        var huge = Parse("1e308", paths);
        var one = Parse("1", paths);

        Assert.False(Matches(new PointsRules([level], [new("match", [], one)])));
        Assert.False(Matches(new PointsRules([mode], [new("match", [mode, level], one)])));
        Assert.True(Matches(new PointsRules([mode], [new("match", [mode, level], one), new("match", [mode], one)])));
        Assert.False(Matches(new PointsRules([], [new("match", [], huge), new("match", [], huge)])));
        Assert.False(Matches(new PointsRules([], [])));

        bool Matches(PointsRules rules) => rules.TryScore("match"u8, new DictionaryEvent(paths, Match), out _);
    }

    private static Expression Parse(string text, PathTable paths) =>
        Expression.TryParse(text, paths, out var expression, out var mistake) ? expression : throw new ArgumentException(mistake.Message);
}
