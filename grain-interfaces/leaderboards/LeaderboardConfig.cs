using System.Text.Json;

namespace Laurel.GrainInterfaces;

/// <summary>A leaderboard's whole configuration, defaults filled in, as the API shows it. Fixed for the board's life.</summary>
/// <param name="Scope">Which events concern the board.</param>
/// <param name="Timeframe">When a season ends and the next begins.</param>
/// <param name="Scoring">How events and submissions become scores.</param>
/// <param name="Ranking">How scores become ranks.</param>
/// <param name="Submission">What direct submissions must satisfy.</param>
public sealed record LeaderboardConfig(
    ScopeConfig Scope, TimeframeConfig Timeframe, ScoringConfig Scoring, RankingConfig Ranking, SubmissionConfig Submission);

/// <summary>Filters on events; all must hold.</summary>
/// <param name="Filters">Dotted path of the event → operator → operand: <c>{"attrs.mode": {"in": ["ranked"]}}</c>.</param>
public sealed record ScopeConfig(IReadOnlyDictionary<string, JsonElement> Filters);

/// <summary>The season calendar. Fields that mean nothing for the type are null.</summary>
/// <param name="Type">hourly, daily, weekly, monthly, yearly, all_time, custom or manual.</param>
/// <param name="Timezone">IANA name.</param>
/// <param name="ResetTime">Wall-clock time <c>HH:MM</c> of the reset.</param>
/// <param name="ResetDay">A weekday's English name for weekly, 1 to 31 for monthly (as JSON gave it).</param>
/// <param name="StartsAt">First instant of a custom season.</param>
/// <param name="EndsAt">First instant after a custom season.</param>
/// <param name="GraceSeconds">How long after its end a season still takes events that belong to it, in seconds.</param>
public sealed record TimeframeConfig(
    string Type, string Timezone, string? ResetTime, JsonElement? ResetDay, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int GraceSeconds);

/// <summary>How points come about.</summary>
/// <param name="Rules">Applied to events; empty on a board fed by direct submissions.</param>
/// <param name="Aggregation">sum, max, min, last, first, count, avg or best.</param>
public sealed record ScoringConfig(IReadOnlyList<ScoringRule> Rules, string Aggregation);

/// <summary>Points for one type of event.</summary>
/// <param name="EventType">The type it applies to.</param>
/// <param name="PointsExpression">The points, as an expression over the event.</param>
/// <param name="Conditions">Filters as in <see cref="ScopeConfig"/>; all must hold.</param>
public sealed record ScoringRule(string EventType, string PointsExpression, IReadOnlyDictionary<string, JsonElement> Conditions);

/// <summary>How entries are ranked and listed.</summary>
/// <param name="Method">score_desc or score_asc.</param>
/// <param name="Size">How many places are listed, 1 to 1,000,000. Everyone else accumulates and can ask for their own rank.</param>
/// <param name="MinScore">Entries below are not listed; null lists all.</param>
public sealed record RankingConfig(string Method, int Size, double? MinScore);

/// <summary>Rules for direct submissions.</summary>
/// <param name="Registry">open: anyone may stand; strict: only registered players.</param>
/// <param name="MinScore">The least score accepted; null for any.</param>
/// <param name="MaxScore">The greatest score accepted; null for any.</param>
public sealed record SubmissionConfig(string Registry, double? MinScore, double? MaxScore);
