using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>Reads the season calendar of a configuration, and turns it into the rule that ranking knows and back.</summary>
internal static class TimeframeReader
{
    /// <summary>
    /// The calendar in force. The preset's reset fills in only where its type is in force as well: a daily board takes no weekday from
    /// a weekly preset.
    /// </summary>
    /// <returns>Null after mistakes were noted.</returns>
    public static TimeframeConfig? Read(ConfigNode node, LeaderboardPreset preset, ConfigMistakes mistakes)
    {
        var type = node.Scalar("type") ?? preset.Timeframe.Type;
        var basis = type == preset.Timeframe.Type ? preset.Timeframe : new Timeframe { Type = type };
        var timeframe = basis with
        {
            Timezone = node.Scalar("timezone") ?? basis.Timezone,
            ResetDay = node.Scalar("reset_day") ?? basis.ResetDay,
            ResetTime = node.Scalar("reset_time") ?? basis.ResetTime,
            StartsAt = node.Instant("starts_at"),
            EndsAt = node.Instant("ends_at"),
            GraceSeconds = node.Whole("grace_seconds", 0, (int)Timeframe.MaxGraceSeconds) ?? basis.GraceSeconds,
        };

        var wrong = timeframe.Validate();
        foreach (var mistake in wrong)
        {
            // A field that could not be read has its mistake already; here it seems to be missing.
            var path = $"config.{mistake.Path}";
            if (!mistakes.Has(path))
                mistakes.Add(path, mistake.Message);
        }

        node.RefuseOthers();
        return wrong.Count == 0 ? ToConfig(timeframe.InForce()) : null;
    }

    /// <summary>A configuration's calendar as ranking's rule.</summary>
    public static Timeframe ToTimeframe(TimeframeConfig config) => new()
    {
        Type = config.Type,
        Timezone = config.Timezone,
        ResetTime = config.ResetTime ?? new Timeframe().ResetTime,
        ResetDay = config.ResetDay is { } day ? day.ValueKind == JsonValueKind.String ? day.GetString() : day.GetRawText() : null,
        StartsAt = config.StartsAt is { } starts ? Timestamps.From(starts) : null,
        EndsAt = config.EndsAt is { } ends ? Timestamps.From(ends) : null,
        GraceSeconds = config.GraceSeconds,
    };

    private static TimeframeConfig ToConfig(Timeframe timeframe)
    {
        var resets = timeframe.Type is not ("all_time" or "custom" or "manual");
        return new(
            timeframe.Type,
            timeframe.Timezone,
            resets ? timeframe.ResetTime : null,
            timeframe.ResetDay is { } day ? ToJson(day, isNumber: timeframe.Type == "monthly") : null,
            timeframe.StartsAt is { } starts ? Timestamps.ToDateTimeOffset(starts) : null,
            timeframe.EndsAt is { } ends ? Timestamps.ToDateTimeOffset(ends) : null,
            (int)timeframe.GraceSeconds);
    }

    private static JsonElement ToJson(string day, bool isNumber) => JsonElement.Parse(isNumber ? day : $"\"{day}\"");
}
