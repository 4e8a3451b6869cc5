using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>What <c>POST /api/v1/leaderboard/entries</c> takes.</summary>
/// <param name="Name">3 to 50 letters, digits, spaces, underscores and hyphens.</param>
/// <param name="Score">Finite.</param>
/// <param name="PlayerId">In its canonical form; null for a new player.</param>
/// <param name="Metadata">A JSON object's text; null for none.</param>
internal sealed record EntryForm(string Name, double Score, string? PlayerId, string? Metadata)
{
    private const int ShortestName = 3;
    private const int LongestName = 50;
    private const int MostKeys = 10;
    private const int LongestKey = 32;
    private const int LongestValue = 64;

    /// <summary>Reads a body.</summary>
    /// <param name="mistake">What is wrong, when the result is null.</param>
    public static EntryForm? Read(JsonElement body, out string? mistake)
    {
        mistake = null;
        if (body.ValueKind != JsonValueKind.Object)
        {
            mistake = "The body must be a JSON object";
            return null;
        }

        var name = Member(body, "name");
        var score = Member(body, "score");
        var playerId = Member(body, "player_id");
        var metadata = Member(body, "metadata");
        mistake = name is not { ValueKind: JsonValueKind.String } || !IsName(name.Value.GetString()!)
                ? "name must be 3 to 50 letters, digits, spaces, underscores or hyphens"
            : score is not { ValueKind: JsonValueKind.Number } || !score.Value.TryGetDouble(out var number) || !double.IsFinite(number)
                ? "score must be a finite number"
            : playerId is { } id && !IsEmpty(id) && (id.ValueKind != JsonValueKind.String || PlayerIds.Parse(id.GetString()) is null)
                ? "player_id must be a UUID"
            : metadata is { } data ? MistakeOf(data)
            : null;
        return mistake is not null ? null : new EntryForm(
            name!.Value.GetString()!,
            score!.Value.GetDouble(),
            playerId is { ValueKind: JsonValueKind.String } known ? PlayerIds.Parse(known.GetString()) : null,
            metadata is { } some && some.EnumerateObject().Any() ? JsonSerializer.Serialize(some, RankoraMetadata.Shared.JsonElement) : null);
    }

    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals("");

    private static bool IsName(string name)
    {
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            length++;
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not (' ' or '_' or '-') && !IsMark(rune))
                return false;
        }

        return length is >= ShortestName and <= LongestName && !string.IsNullOrWhiteSpace(name);
    }

    /// <summary>Many scripts write letters with marks: they are part of the letter.</summary>
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string? MistakeOf(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
            return "metadata must be an object";
        var keys = 0;
        foreach (var member in metadata.EnumerateObject())
        {
            if (++keys > MostKeys)
                return $"metadata must have at most {MostKeys} keys";
            if (member.Name.Length is 0 or > LongestKey)
                return $"metadata keys must have 1 to {LongestKey} characters";
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return "metadata values must be strings, numbers, booleans or null";
            var length = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()!.Length : member.Value.GetRawText().Length;
            if (length > LongestValue)
                return $"metadata values must have at most {LongestValue} characters";
        }

        return null;
    }
}
