using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>
/// Reads a leaderboard's configuration as its author wrote it. Pure; some tens of microseconds.
/// </summary>
/// <remarks>
/// A part that is absent or <c>null</c> takes its default, from the preset when one is named. The configuration that is returned may be
/// sent again as it is. An unknown field is a mistake, since a misspelt one would silently change nothing. An expression's mistake is
/// named by its position, from 1.
/// </remarks>
public static class LeaderboardConfigReader
{
    /// <summary>The most rules of one board: every event of the tenant is tried on all of them.</summary>
    public const int MostRules = 100;

    private const int LongestEventType = 128;

    /// <summary>The configuration in force, or every mistake with its path from the body's root, the first field's first.</summary>
    /// <param name="config">As written; null for all defaults. Its memory is not kept.</param>
    /// <param name="preset"><c>crazygames</c>, <c>rankora</c> or null.</param>
    public static LeaderboardConfigReading Read(JsonElement? config, string? preset)
    {
        ConfigMistakes mistakes = new();
        if (LeaderboardPreset.Find(preset) is not { } defaults)
        {
            mistakes.Add("preset", "preset must be one of crazygames, rankora");
            return new(null, mistakes.Found);
        }

        ConfigNode root = new(config, "config", mistakes);
        var scope = ReadScope(root.Object("scope"));
        var timeframe = TimeframeReader.Read(root.Object("timeframe"), defaults, mistakes);
        var scoring = ReadScoring(root.Object("scoring"), defaults, mistakes);
        var ranking = ReadRanking(root.Object("ranking"), defaults);
        var submission = ReadSubmission(root.Object("submission"), defaults);
        root.RefuseOthers();
        return mistakes.Found.Count == 0
            ? new(new(scope, timeframe!, scoring, ranking, submission), [])
            : new(null, mistakes.Found);
    }

    private static ScopeConfig ReadScope(ConfigNode node)
    {
        var filters = FilterReader.Read(node.Object("filters"));
        node.RefuseOthers();
        return new(filters);
    }

    private static ScoringConfig ReadScoring(ConfigNode node, LeaderboardPreset preset, ConfigMistakes mistakes)
    {
        List<ScoringRule> rules = [];
        var given = node.Element("rules");
        if (given is { ValueKind: JsonValueKind.Array } array)
        {
            if (array.GetArrayLength() > MostRules)
                node.Refuse("rules", $"must be at most {MostRules}");
            foreach (var (index, rule) in array.EnumerateArray().Take(MostRules).Index())
                rules.Add(ReadRule(rule, $"{node.PathOf("rules")}[{index}]", mistakes));
        }
        else if (given is not null)
        {
            node.Refuse("rules", "must be an array");
        }

        var aggregation = node.OneOf("aggregation", "sum", "max", "min", "last", "first", "count", "avg", "best") ?? preset.Aggregation;
        node.RefuseOthers();
        return new(rules, aggregation);
    }

    private static ScoringRule ReadRule(JsonElement rule, string path, ConfigMistakes mistakes)
    {
        if (rule.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(path, "A rule must be an object with event_type and points_expression");
            return new("", "", new Dictionary<string, JsonElement>());
        }

        ConfigNode node = new(rule, path, mistakes);
        var eventType = node.RequiredText("event_type", LongestEventType);
        var points = node.RequiredText("points_expression", Expression.LongestText);
        if (points is not null && !Expression.TryParse(points, new PathTable(), out _, out var mistake))
            node.Refuse("points_expression", $"is wrong at position {mistake.Position}: {mistake.Message}");
        var conditions = FilterReader.Read(node.Object("conditions"));
        node.RefuseOthers();
        return new(eventType ?? "", points ?? "", conditions);
    }

    private static RankingConfig ReadRanking(ConfigNode node, LeaderboardPreset preset)
    {
        var method = node.OneOf("method", "score_desc", "score_asc") ?? "score_desc";
        var size = node.Whole("size", 1, LeaderboardPreset.LargestSize) ?? preset.Size;
        var minScore = node.Number("min_score");
        node.RefuseOthers();
        return new(method, size, minScore);
    }

    private static SubmissionConfig ReadSubmission(ConfigNode node, LeaderboardPreset preset)
    {
        var registry = node.OneOf("registry", "open", "strict") ?? preset.Registry;
        var least = node.Number("min_score");
        var greatest = node.Number("max_score");
        if (least > greatest)
            node.Refuse("max_score", "must not be less than min_score");
        node.RefuseOthers();
        return new(registry, least, greatest);
    }
}
