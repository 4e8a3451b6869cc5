using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>Turns the texts of one line into a score. Notes the first mistake.</summary>
internal struct ScoreFields
{
    // Unix time from here on is in milliseconds: as seconds it would be the year 5138.
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Mistake { get; private set; }

    /// <summary>The score line, when there was no mistake.</summary>
    public static string? Read(string? user, string? score, double? constant, string? timestamp, string? name, string? metadata, out ScoreLine line)
    {
        var fields = default(ScoreFields);
        line = new(fields.ReadUser(user), constant ?? fields.ReadScore(score), fields.ReadTimestamp(timestamp), Given(name), fields.ReadMetadata(metadata));
        return fields.Mistake;
    }

    /// <summary>
    /// An instant as files write it: ISO 8601, without a zone taken as UTC, without a time as midnight; or Unix time in seconds or
    /// milliseconds.
    /// </summary>
    public static bool TryReadInstant(string text, out long micros)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unix))
        {
            var milliseconds = Math.Abs((decimal)unix) < FirstMilliseconds ? unix * 1000m : unix;
            var inRange = milliseconds * 1000 is >= Timestamps.MinValue and <= Timestamps.MaxValue;
            micros = inRange ? (long)(milliseconds * 1000) : 0;
            return inRange;
        }

        const int DateLength = 10;
        if (text.Length == DateLength)
            return Timestamps.TryParse($"{text}T00:00Z", out micros);
        var iso = text.Length > DateLength && text[DateLength] == ' ' ? $"{text[..DateLength]}T{text[(DateLength + 1)..]}" : text;
        // PostgreSQL writes zones of whole hours without minutes.
        return Timestamps.TryParse(iso, out micros) || Timestamps.TryParse($"{iso}Z", out micros) || Timestamps.TryParse($"{iso}:00", out micros);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string ReadUser(string? text)
    {
        if (string.IsNullOrEmpty(text))
            Mistake ??= "The user id is missing";
        else if (!UserId.IsValid(text))
            Mistake ??= $"The user id must have 1 to {UserId.MaxLength} characters and no control characters";
        return text ?? "";
    }

    private double ReadScore(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            Mistake ??= "The score is missing";
        else if (!double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !double.IsFinite(score))
            Mistake ??= $"The score '{Shorten(trimmed)}' is no finite number";
        else
            return score;
        return 0;
    }

    private long? ReadTimestamp(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return null;
        if (TryReadInstant(trimmed.ToString(), out var micros))
            return micros;
        Mistake ??= $"The timestamp '{Shorten(trimmed)}' is no ISO 8601 date or Unix time";
        return null;
    }

    private string? ReadMetadata(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            if (JsonNode.Parse(text) is JsonObject metadata)
                return metadata.ToJsonString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Half of a surrogate pair, or a member twice: no object that the server would take either.
        }

        Mistake ??= "The metadata are no JSON object";
        return null;
    }

    private static string Shorten(ReadOnlySpan<char> text)
    {
        const int Longest = 40;
        return text.Length <= Longest ? text.ToString() : $"{text[..Longest]}…";
    }
}
