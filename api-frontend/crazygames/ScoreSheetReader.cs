using System.Text.Json;
using System.Text.Unicode;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// Reads <c>{"scores":[{"userId","score","timestamp"}, …]}</c> in one pass, as JavaScript would: of members of the same name the last
/// one counts, unknown members are ignored, ids may be escaped. Allocates nothing for a well-formed body.
/// </summary>
internal static class ScoreSheetReader
{
    /// <summary>Bodies nested deeper are malformed.</summary>
    private const int MaxDepth = 64;

    // The longest name of a member that means something, each of its characters escaped as \u0000.
    private const int LongestEscapedName = 9 * 6;

    private enum Member
    {
        Other,
        UserId,
        Score,
        Timestamp,
    }

    /// <summary>Reads a whole body.</summary>
    /// <param name="body">Anything.</param>
    /// <param name="latest">The latest achieved-at that is not in the future, microseconds since the Unix epoch.</param>
    /// <param name="sheet">Gets the items when the answer is <see cref="ScoreSheetShape.Scores"/>.</param>
    public static ScoreSheetShape Read(ReadOnlySpan<byte> body, long latest, ScoreSheet sheet)
    {
        // The JSON reader looks into strings only when they are asked for: an invalid one anywhere makes the body malformed.
        if (!Utf8.IsValid(body))
            return ScoreSheetShape.NoScores;

        try
        {
            return ReadBody(body, latest, sheet);
        }
        catch (JsonException)
        {
            return ScoreSheetShape.NoScores;
        }
    }

    private static ScoreSheetShape ReadBody(ReadOnlySpan<byte> body, long latest, ScoreSheet sheet)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return ScoreSheetShape.NoScores;

        var shape = ScoreSheetShape.NoScores;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isScores = NameIs(json, "scores"u8);
            json.Read();
            if (isScores)
                shape = ReadScores(ref json, latest, sheet);
            else
                json.Skip();
        }

        // Whatever follows the object makes the body malformed.
        json.Read();
        return shape;
    }

    private static ScoreSheetShape ReadScores(ref Utf8JsonReader json, long latest, ScoreSheet sheet)
    {
        sheet.Clear();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return ScoreSheetShape.NotAnArray;
        }

        var tooMany = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            tooMany = sheet.Count == ScoreSheet.MaxScores;
            if (tooMany)
                json.Skip();
            else
                ReadItem(ref json, latest, sheet);
        }

        if (tooMany)
            return ScoreSheetShape.TooMany;
        return sheet.Count == 0 ? ScoreSheetShape.Empty : ScoreSheetShape.Scores;
    }

    private static void ReadItem(ref Utf8JsonReader json, long latest, ScoreSheet sheet)
    {
        var start = (int)json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            sheet.AddInvalid(start..(int)json.BytesConsumed);
            return;
        }

        var idLength = 0;
        var hasScore = false;
        var score = 0d;
        var hasTime = false;
        var achievedAt = 0L;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(json);
            json.Read();
            switch (member)
            {
                case Member.UserId:
                    idLength = ReadUserId(json, sheet.NextId);
                    break;
                case Member.Score:
                    hasScore = json.TokenType == JsonTokenType.Number && JsonNumber.TryRead(json.ValueSpan, out score);
                    break;
                case Member.Timestamp:
                    hasTime = TryReadTimestamp(json, out achievedAt) && achievedAt <= latest;
                    break;
            }

            json.Skip();
        }

        var item = start..(int)json.BytesConsumed;
        if (idLength > 0 && hasScore && hasTime)
            sheet.Add(item, idLength, score, achievedAt);
        else
            sheet.AddInvalid(item);
    }

    /// <summary>Writes the id in UTF-8 and returns its length, 0 when the value is no id.</summary>
    private static int ReadUserId(in Utf8JsonReader json, Span<byte> destination)
    {
        if (json.TokenType != JsonTokenType.String)
            return 0;

        int length;
        if (json.ValueIsEscaped)
        {
            if (!JsonText.TryUnescape(json.ValueSpan, destination, out length))
                return 0;
        }
        else
        {
            length = json.ValueSpan.Length;
            if (!json.ValueSpan.TryCopyTo(destination))
                return 0;
        }

        return UserId.IsValid(destination[..length]) ? length : 0;
    }

    private static bool TryReadTimestamp(in Utf8JsonReader json, out long micros)
    {
        // A timestamp needs no escapes; whoever writes some all the same is understood up to this length.
        const int LongestEscaped = 256;

        micros = 0;
        if (json.TokenType != JsonTokenType.String)
            return false;
        if (!json.ValueIsEscaped)
            return Timestamps.TryParse(json.ValueSpan, out micros);

        Span<byte> text = stackalloc byte[LongestEscaped];
        return JsonText.TryUnescape(json.ValueSpan, text, out var length) && Timestamps.TryParse(text[..length], out micros);
    }

    private static Member MemberOf(in Utf8JsonReader json)
    {
        if (NameIs(json, "userId"u8))
            return Member.UserId;
        if (NameIs(json, "score"u8))
            return Member.Score;
        return NameIs(json, "timestamp"u8) ? Member.Timestamp : Member.Other;
    }

    private static bool NameIs(in Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        var raw = json.ValueSpan;
        if (!json.ValueIsEscaped)
            return raw.SequenceEqual(name);
        if (raw.Length > LongestEscapedName)
            return false;

        Span<byte> text = stackalloc byte[LongestEscapedName];
        return JsonText.TryUnescape(raw, text, out var length) && text[..length].SequenceEqual(name);
    }
}
