using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Reads the fields of one JSON object and collects every mistake with its path. A field that is absent or <c>null</c> reads as null;
/// so does a wrong one, after its mistake was noted. When all fields were asked for, <see cref="RefuseOthers"/> finds the rest.
/// </summary>
/// <param name="element">What should be an object.</param>
/// <param name="path">Its path from the body's root; empty for the body itself.</param>
/// <param name="mistakes">Where mistakes go.</param>
internal sealed class ObjectReader(JsonElement element, string path, List<Mistake> mistakes)
{
    // An answer names mistakes to people: more of them, and longer names, help nobody.
    private const int MostMistakes = 50;
    private const int LongestShown = 64;

    private readonly List<string> _asked = [];

    /// <summary>The mistakes found so far, of all readers that share the list.</summary>
    public IReadOnlyList<Mistake> Mistakes => mistakes;

    /// <summary>Reads a whole body; one that is no object has that as its only mistake.</summary>
    public static ObjectReader OfBody(JsonElement body)
    {
        List<Mistake> mistakes = [];
        if (body.ValueKind != JsonValueKind.Object)
            mistakes.Add(new("", "The body must be a JSON object"));
        return new(body, "", mistakes);
    }

    /// <summary>Notes a mistake of a field.</summary>
    public void Add(string name, string message) => mistakes.Add(new(PathOf(name), message));

    /// <summary>Whether the field is there, even as <c>null</c>.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Whether the field is there and <c>null</c>.</summary>
    public bool IsNull(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>Notes the mistake when the field is there at all.</summary>
    public bool Refuses(string name, string message)
    {
        if (!Has(name))
            return false;
        Add(name, message);
        return true;
    }

    /// <summary>Any JSON value.</summary>
    public JsonElement? Element(string name) =>
        TryGet(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Text without control characters.</summary>
    /// <param name="longest">In UTF-16 characters.</param>
    /// <param name="shortest">In UTF-16 characters.</param>
    public string? Text(string name, int longest, int shortest = 0)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Refuse<string>(name, "must be a string");
        var text = value.GetString()!;
        if (text.Length < shortest || text.Length > longest)
        {
            return Refuse<string>(
                name, shortest == 0 ? $"must have at most {longest} characters" : $"must have {shortest} to {longest} characters");
        }

        return text.Any(char.IsControl) ? Refuse<string>(name, "must not contain control characters") : text;
    }

    /// <summary>Text that must be there.</summary>
    public string? RequiredText(string name, int longest) => Element(name) is null ? Missing(name) : Text(name, longest, 1);

    /// <summary>An id of a tenant, board or season (<see cref="Slug"/>).</summary>
    public string? RequiredSlug(string name)
    {
        if (RequiredText(name, int.MaxValue) is not { } text)
            return null;
        if (Slug.IsValid(text))
            return text;
        return text.Length > Slug.MaxLength
            ? Refuse<string>(name, $"must have 1 to {Slug.MaxLength} characters")
            : Refuse<string>(name, "can only contain alphanumeric characters, hyphens, and underscores");
    }

    /// <summary>A player's id (<see cref="UserId"/>).</summary>
    public string? RequiredUserId(string name)
    {
        if (Element(name) is not { } value)
            return Missing(name);
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && UserId.IsValid(text))
            return text;
        return Refuse<string>(name, $"must be a string of 1 to {UserId.MaxLength} characters without control characters");
    }

    /// <summary>One of some words.</summary>
    public string? OneOf(string name, IReadOnlyList<string> words)
    {
        if (Element(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && words.Contains(text)
            ? text
            : Refuse<string>(name, $"must be one of {string.Join(", ", words)}");
    }

    /// <summary>A whole number in a range.</summary>
    public int? Whole(string name, int least, int greatest)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= greatest)
            return number;
        mistakes.Add(new(PathOf(name), $"{name} must be a whole number from {least} to {greatest}"));
        return null;
    }

    /// <summary>A whole number in a range that must be there.</summary>
    public int? RequiredWhole(string name, int least, int greatest)
    {
        if (Element(name) is not null)
            return Whole(name, least, greatest);
        Missing(name);
        return null;
    }

    /// <summary>A finite number that must be there.</summary>
    public double? RequiredNumber(string name)
    {
        if (Element(name) is not { } value)
            Missing(name);
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        else
            mistakes.Add(new(PathOf(name), $"{name} must be a finite number"));
        return null;
    }

    /// <summary>An instant in ISO 8601 with date, time and zone, in microseconds since the Unix epoch.</summary>
    public long? Instant(string name)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && Timestamps.TryParse(value.GetString(), out var micros))
            return micros;
        mistakes.Add(new(PathOf(name), $"{name} must be an ISO 8601 timestamp with date, time and zone, such as 2025-08-01T12:00:00Z"));
        return null;
    }

    /// <summary>A list of texts.</summary>
    /// <param name="most">How many there may be.</param>
    /// <param name="longest">How many UTF-16 characters each may have.</param>
    public IReadOnlyList<string>? Texts(string name, int most, int longest)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            return Refuse<IReadOnlyList<string>>(name, "must be an array of strings");
        if (value.GetArrayLength() > most)
            return Refuse<IReadOnlyList<string>>(name, $"must have at most {most} items");
        IReadOnlyList<string> texts = [.. value.EnumerateArray().Select(item => item.GetString()!)];
        return texts.Any(text => text.Length > longest)
            ? Refuse<IReadOnlyList<string>>(name, $"must have items of at most {longest} characters")
            : texts;
    }

    /// <summary>An object inside this one.</summary>
    public ObjectReader? Object(string name)
    {
        if (Element(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Object
            ? new ObjectReader(value, PathOf(name), mistakes)
            : Refuse<ObjectReader>(name, "must be an object");
    }

    /// <summary>Notes a mistake for each field that nobody asked for.</summary>
    public void RefuseOthers()
    {
        if (element.ValueKind != JsonValueKind.Object)
            return;

        foreach (var field in element.EnumerateObject())
        {
            if (_asked.Contains(field.Name))
                continue;
            if (mistakes.Count >= MostMistakes)
                return;
            var nearest = NearestName.Of(field.Name, _asked);
            var hint = nearest is null ? $"known are {string.Join(", ", _asked)}" : $"did you mean '{nearest}'?";
            var shown = Shorten(field.Name);
            mistakes.Add(new(PathOf(shown), $"Unknown field '{shown}'; {hint}"));
        }
    }

    private static string Shorten(string name)
    {
        if (name.Length <= LongestShown)
            return name;
        var end = char.IsHighSurrogate(name[LongestShown - 1]) ? LongestShown - 1 : LongestShown;
        return $"{name.AsSpan(0, end)}…";
    }

    private bool TryGet(string name, out JsonElement value)
    {
        if (!_asked.Contains(name))
            _asked.Add(name);
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string? Missing(string name) => Refuse<string>(name, "is required");

    private T? Refuse<T>(string name, string rule)
        where T : class
    {
        mistakes.Add(new(PathOf(name), $"{name} {rule}"));
        return null;
    }
}
