using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains.Tests;

public class LeaderboardConfigReaderTests
{
    [Fact]
    public void Nothing_written_is_an_open_board_of_a_thousand_places_that_adds_up_for_ever()
    {
        var config = Accept(null);

        Assert.Empty(config.Scope.Filters);
        Assert.Equal(new TimeframeConfig("all_time", "UTC", null, null, null, null, 300), config.Timeframe);
        Assert.Empty(config.Scoring.Rules);
        Assert.Equal("sum", config.Scoring.Aggregation);
        Assert.Equal(new RankingConfig("score_desc", 1000, null), config.Ranking);
        Assert.Equal(new SubmissionConfig("open", null, null), config.Submission);
    }

    [Fact]
    public void The_crazygames_preset_is_a_strict_weekly_board_from_monday_nine_o_clock_that_keeps_the_best()
    {
        var config = Accept(null, "crazygames");

        Assert.Equal(("weekly", "UTC", "09:00", "monday"), (config.Timeframe.Type, config.Timeframe.Timezone, config.Timeframe.ResetTime, config.Timeframe.ResetDay?.GetString()));
        Assert.Equal(("best", "strict", 1_000_000), (config.Scoring.Aggregation, config.Submission.Registry, config.Ranking.Size));
    }

    [Fact]
    public void The_rankora_preset_is_an_open_board_for_ever_that_keeps_the_last()
    {
        var config = Accept(null, "rankora");

        Assert.Equal(("all_time", "last", "open", 1_000_000), (config.Timeframe.Type, config.Scoring.Aggregation, config.Submission.Registry, config.Ranking.Size));
    }

    [Fact]
    public void A_preset_fills_only_what_is_left_out()
    {
        var config = Accept("""{"timeframe":{"timezone":"Europe/Berlin"},"scoring":{"aggregation":"sum"},"ranking":{"method":"score_asc","size":10}}""", "crazygames");

        Assert.Equal(("weekly", "Europe/Berlin", "09:00"), (config.Timeframe.Type, config.Timeframe.Timezone, config.Timeframe.ResetTime));
        Assert.Equal(("sum", "strict", 10), (config.Scoring.Aggregation, config.Submission.Registry, config.Ranking.Size));
    }

    [Fact]
    public void A_preset_lends_its_reset_to_no_other_type()
    {
        var config = Accept("""{"timeframe":{"type":"daily"}}""", "crazygames");

        Assert.Equal(("00:00", null), (config.Timeframe.ResetTime, config.Timeframe.ResetDay?.GetString()));
    }

    [Fact]
    public void An_unknown_preset_is_a_mistake()
    {
        var mistake = Assert.Single(LeaderboardConfigReader.Read(null, "steam").Mistakes);

        Assert.Equal("preset", mistake.Path);
    }

    [Fact]
    public void The_documented_example_is_read_whole()
    {
        var config = Accept("""
            {
              "scope": {"filters": {"actor.metadata.region": {"in": ["na", "eu"]}}},
              "timeframe": {"type": "weekly", "timezone": "UTC", "reset_day": "monday", "reset_time": "00:00"},
              "scoring": {
                "rules": [{"event_type": "match.completed", "points_expression": "attrs.score", "conditions": {"attrs.victory": {"eq": true}}}],
                "aggregation": "sum"
              },
              "ranking": {"method": "score_desc", "size": 1000, "min_score": 0}
            }
            """);

        Assert.Equal("""{"in": ["na", "eu"]}""", config.Scope.Filters["actor.metadata.region"].GetRawText());
        var rule = Assert.Single(config.Scoring.Rules);
        Assert.Equal(("match.completed", "attrs.score"), (rule.EventType, rule.PointsExpression));
        Assert.True(rule.Conditions["attrs.victory"].GetProperty("eq").GetBoolean());
        Assert.Equal(new RankingConfig("score_desc", 1000, 0), config.Ranking);
    }

    [Theory]
    [InlineData("""{"timeframe":null,"scoring":{"rules":null},"ranking":{"min_score":null}}""")]
    [InlineData("""{"timeframe":{"type":"hourly","reset_time":"00:15","timezone":"Asia/Kolkata"}}""")]
    [InlineData("""{"timeframe":{"type":"weekly","reset_day":"SUNDAY"}}""")]
    [InlineData("""{"timeframe":{"type":"monthly"}}""")]
    [InlineData("""{"timeframe":{"type":"monthly","reset_day":31,"grace_seconds":63072000}}""")]
    [InlineData("""{"timeframe":{"type":"monthly","reset_day":"15"}}""")]
    [InlineData("""{"timeframe":{"type":"yearly","reset_time":"23:59"}}""")]
    [InlineData("""{"timeframe":{"type":"custom","starts_at":"2026-01-01T00:00:00+01:00","ends_at":"2026-02-01T00:00Z"}}""")]
    [InlineData("""{"timeframe":{"type":"manual","grace_seconds":0}}""")]
    [InlineData("""{"scope":{"filters":{"attrs.level":{"gte":5},"attrs.cheats":{"exists":false},"event_type":{"nin":["a",1,true]}}}}""")]
    [InlineData("""{"ranking":{"size":1000000,"min_score":-0.5}}""")]
    [InlineData("""{"ranking":{"size":1e3}}""")]
    [InlineData("""{"submission":{"registry":"strict","min_score":5,"max_score":5}}""")]
    public void A_right_configuration_reads_the_same_when_it_is_sent_again_as_it_was_shown(string written)
    {
        var config = Accept(written);
        var shown = Json(config);

        Assert.Equal(shown, Json(Accept(shown)));
        WindowCalendar.Create(config.Timeframe.ToTimeframe());
        config.Scoring.ToAggregation();
        config.Ranking.ToDirection();
    }

    [Theory]
    [InlineData("""5""", "config", "config must be an object")]
    [InlineData("""{"scoring":[]}""", "config.scoring", "scoring must be an object")]
    [InlineData("""{"timeframes":{}}""", "config.timeframes", "Unknown field 'timeframes'; did you mean 'timeframe'?")]
    [InlineData("""{"zzz":1}""", "config.zzz", "Unknown field 'zzz'; known are scope, timeframe, scoring, ranking, submission")]
    [InlineData("""{"ranking":{},"ranking":{}}""", "config.ranking", "ranking is given twice")]
    [InlineData("""{"scope":{"filters":{"attrs..mode":{"eq":1}}}}""", "config.scope.filters.attrs..mode", "attrs..mode must be a dotted path such as actor.metadata.region")]
    [InlineData("""{"scope":{"filters":{"attrs.mode":"ranked"}}}""", "config.scope.filters.attrs.mode", "attrs.mode must be an object with one operator of eq, ne, in, nin, gt, gte, lt, lte, exists")]
    [InlineData("""{"scope":{"filters":{"a":{"gt":1,"lt":2}}}}""", "config.scope.filters.a", "a must be an object with one operator of eq, ne, in, nin, gt, gte, lt, lte, exists")]
    [InlineData("""{"scope":{"filters":{"a":{"like":"x"}}}}""", "config.scope.filters.a", "a has the unknown operator 'like'; known are eq, ne, in, nin, gt, gte, lt, lte, exists")]
    [InlineData("""{"scope":{"filters":{"a":{"in":[]}}}}""", "config.scope.filters.a", "a takes a non-empty array of at most 100 strings, numbers or booleans for the operator in")]
    [InlineData("""{"scope":{"filters":{"a":{"gt":"5"}}}}""", "config.scope.filters.a", "a takes a finite number for the operator gt")]
    [InlineData("""{"scope":{"filters":{"a":{"lt":1e400}}}}""", "config.scope.filters.a", "a takes a finite number for the operator lt")]
    [InlineData("""{"scope":{"filters":{"a":{"exists":1}}}}""", "config.scope.filters.a", "a takes true or false for the operator exists")]
    [InlineData("""{"scope":{"filters":{"a":{"eq":null}}}}""", "config.scope.filters.a", "a takes a string, a number or a boolean for the operator eq")]
    [InlineData("""{"timeframe":{"type":"weekly"}}""", "config.timeframe.reset_day", "reset_day is required when type is 'weekly'")]
    [InlineData("""{"timeframe":{"type":"weekly","reset_day":1}}""", "config.timeframe.reset_day", "reset_day must be a weekday from 'monday' to 'sunday' when type is 'weekly'")]
    [InlineData("""{"timeframe":{"type":"weekly","reset_day":{}}}""", "config.timeframe.reset_day", "reset_day must be a weekday from 'monday' to 'sunday' when type is 'weekly'")]
    [InlineData("""{"timeframe":{"type":"monthly","reset_day":32}}""", "config.timeframe.reset_day", "reset_day must be a day from 1 to 31 when type is 'monthly'")]
    [InlineData("""{"timeframe":{"type":"fortnightly"}}""", "config.timeframe.type", "type must be one of all_time, hourly, daily, weekly, monthly, yearly, custom, manual")]
    [InlineData("""{"timeframe":{"type":7}}""", "config.timeframe.type", "type must be one of all_time, hourly, daily, weekly, monthly, yearly, custom, manual")]
    [InlineData("""{"timeframe":{"timezone":"Berlin"}}""", "config.timeframe.timezone", "timezone must be an IANA time zone such as 'Europe/Berlin'")]
    [InlineData("""{"timeframe":{"type":"daily","reset_time":"24:00"}}""", "config.timeframe.reset_time", "reset_time must be HH:MM from 00:00 to 23:59")]
    [InlineData("""{"timeframe":{"type":"custom","ends_at":"2026-01-01T00:00:00Z"}}""", "config.timeframe.starts_at", "starts_at is required when type is 'custom'")]
    [InlineData("""{"timeframe":{"type":"custom","starts_at":"tomorrow","ends_at":"2026-01-01T00:00:00Z"}}""", "config.timeframe.starts_at", "starts_at must be an ISO 8601 timestamp with date, time and zone, such as 2025-08-01T12:00:00Z")]
    [InlineData("""{"timeframe":{"grace_seconds":-1}}""", "config.timeframe.grace_seconds", "grace_seconds must be a whole number from 0 to 63072000")]
    [InlineData("""{"timeframe":{"resetDay":"monday"}}""", "config.timeframe.resetDay", "Unknown field 'resetDay'; did you mean 'reset_day'?")]
    [InlineData("""{"scoring":{"rules":{}}}""", "config.scoring.rules", "rules must be an array")]
    [InlineData("""{"scoring":{"rules":["attrs.score"]}}""", "config.scoring.rules[0]", "A rule must be an object with event_type and points_expression")]
    [InlineData("""{"scoring":{"rules":[{"points_expression":"1"}]}}""", "config.scoring.rules[0].event_type", "event_type is required")]
    [InlineData("""{"scoring":{"rules":[{"event_type":"kill","points_expression":""}]}}""", "config.scoring.rules[0].points_expression", "points_expression must be a string of 1 to 500 characters")]
    [InlineData("""{"scoring":{"rules":[{"event_type":"kill","points_expression":5}]}}""", "config.scoring.rules[0].points_expression", "points_expression must be a string of 1 to 500 characters")]
    [InlineData("""{"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.kills * (2 +"}]}}""", "config.scoring.rules[0].points_expression", "points_expression is wrong at position 19: something is missing at the end")]
    [InlineData("""{"scoring":{"rules":[{"event_type":"kill","points_expression":"1"},{"event_type":"kill","points_expression":"attrs.a == 1"}]}}""", "config.scoring.rules[1].points_expression", "points_expression is wrong at position 1: a number is needed here, not a condition")]
    [InlineData("""{"scoring":{"rules":[{"event_type":"kill","points_expression":"1","conditions":{"a":{"gt":true}}}]}}""", "config.scoring.rules[0].conditions.a", "a takes a finite number for the operator gt")]
    [InlineData("""{"scoring":{"aggregation":"average"}}""", "config.scoring.aggregation", "aggregation must be one of sum, max, min, last, first, count, avg, best")]
    [InlineData("""{"ranking":{"method":"elo"}}""", "config.ranking.method", "method must be one of score_desc, score_asc")]
    [InlineData("""{"ranking":{"size":0}}""", "config.ranking.size", "size must be a whole number from 1 to 1000000")]
    [InlineData("""{"ranking":{"size":10.5}}""", "config.ranking.size", "size must be a whole number from 1 to 1000000")]
    [InlineData("""{"ranking":{"size":"10"}}""", "config.ranking.size", "size must be a whole number from 1 to 1000000")]
    [InlineData("""{"ranking":{"min_score":"0"}}""", "config.ranking.min_score", "min_score must be a finite number")]
    [InlineData("""{"submission":{"registry":"closed"}}""", "config.submission.registry", "registry must be one of open, strict")]
    [InlineData("""{"submission":{"min_score":2,"max_score":1}}""", "config.submission.max_score", "max_score must not be less than min_score")]
    public void A_mistake_is_named_with_its_place_and_what_would_be_right(string written, string path, string message)
    {
        var reading = LeaderboardConfigReader.Read(JsonElement.Parse(written), null);

        Assert.Null(reading.Config);
        Assert.Equal(new Mistake(path, message), Assert.Single(reading.Mistakes));
    }

    [Fact]
    public void Every_mistake_is_named_in_the_order_of_the_documented_parts()
    {
        var reading = LeaderboardConfigReader.Read(
            JsonElement.Parse("""{"ranking":{"size":0},"extra":1,"timeframe":{"type":"weekly","timezone":"Mars"},"scoring":{"aggregation":1}}"""), null);

        Assert.Equal(
            ["config.timeframe.timezone", "config.timeframe.reset_day", "config.scoring.aggregation", "config.ranking.size", "config.extra"],
            reading.Mistakes.Select(mistake => mistake.Path));
    }

    [Fact]
    public void An_expression_may_have_five_hundred_characters_and_no_more()
    {
        var longest = new string(' ', 499) + "1";
        Accept(RuleOf(longest));
        Assert.Single(LeaderboardConfigReader.Read(JsonElement.Parse(RuleOf(longest + " ")), null).Mistakes);

        static string RuleOf(string points) => $$$"""{"scoring":{"rules":[{"event_type":"kill","points_expression":"{{{points}}}"}]}}""";
    }

    [Fact]
    public void A_board_has_a_hundred_rules_and_no_more()
    {
        Accept(RulesOf(100));
        var mistake = Assert.Single(LeaderboardConfigReader.Read(JsonElement.Parse(RulesOf(101)), null).Mistakes);
        Assert.Equal(new Mistake("config.scoring.rules", "rules must be at most 100"), mistake);

        static string RulesOf(int count) =>
            $$$"""{"scoring":{"rules":[{{{string.Join(',', Enumerable.Repeat("""{"event_type":"kill","points_expression":"1"}""", count))}}}]}}""";
    }

    [Fact]
    public void A_hostile_body_gets_a_bounded_answer()
    {
        var fields = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"{new string('x', 100)}{i}\":{i}"));

        var reading = LeaderboardConfigReader.Read(JsonElement.Parse($"{{{fields}}}"), null);

        Assert.Equal(ConfigMistakes.Most, reading.Mistakes.Count);
        Assert.All(reading.Mistakes, mistake => Assert.InRange(mistake.Path.Length + mistake.Message.Length, 1, 300));
    }

    [Fact]
    public void The_configuration_outlives_the_document_it_was_read_from()
    {
        LeaderboardConfig config;
        using (var document = JsonDocument.Parse("""{"scope":{"filters":{"a":{"eq":1}}}}"""))
            config = LeaderboardConfigReader.Read(document.RootElement, null).Config!;

        Assert.Equal(1, config.Scope.Filters["a"].GetProperty("eq").GetInt32());
    }

    private static LeaderboardConfig Accept(string? written, string? preset = null)
    {
        var reading = LeaderboardConfigReader.Read(written is null ? null : JsonElement.Parse(written), preset);
        Assert.Empty(reading.Mistakes);
        return reading.Config!;
    }

    private static string Json(LeaderboardConfig config) =>
        JsonSerializer.Serialize(config, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}
