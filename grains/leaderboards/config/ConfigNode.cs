using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>
/// One object of a configuration, read field by field. A field that is absent or <c>null</c> reads as null; so does a wrong one, after
/// its mistake was noted. <see cref="RefuseOthers"/> then names the fields that nobody asked for.
/// </summary>
internal sealed class ConfigNode
{
    private readonly string _path;
    private readonly ConfigMistakes _mistakes;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <param name="element">The object; null reads as an empty one.</param>
    /// <param name="path">Its path from the body's root.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public ConfigNode(JsonElement? element, string path, ConfigMistakes mistakes)
    {
        (_path, _mistakes) = (path, mistakes);
        if (element is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } given)
            return;

        if (given.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(path, $"{path[(path.LastIndexOf('.') + 1)..]} must be an object");
            return;
        }

        foreach (var field in given.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value))
                mistakes.Add(PathOf(field.Name), $"{ConfigMistakes.Shown(field.Name)} is given twice");
        }
    }

    /// <summary>The fields as they were given.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields => _fields;

    /// <summary>The path of a field.</summary>
    public string PathOf(string name) => $"{_path}.{ConfigMistakes.Shown(name)}";

    /// <summary>Notes a mistake of a field.</summary>
    public void Refuse(string name, string rule) => _mistakes.Add(PathOf(name), $"{ConfigMistakes.Shown(name)} {rule}");

    /// <summary>Any value but null.</summary>
    public JsonElement? Element(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>An object inside this one, empty when it is absent.</summary>
    public ConfigNode Object(string name) => new(Element(name), PathOf(name), _mistakes);

    /// <summary>
    /// The text of a string or number, and no text for any other value: for fields whose rule is checked elsewhere and that no rule
    /// allows to be empty.
    /// </summary>
    public string? Scalar(string name) => Element(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => "",
    };

    /// <summary>Text that must be there.</summary>
    /// <param name="longest">In UTF-16 characters.</param>
    public string? RequiredText(string name, int longest)
    {
        var value = Element(name);
        if (value is { ValueKind: JsonValueKind.String } given && given.GetString() is { } text && text.Length <= longest && !string.IsNullOrWhiteSpace(text))
            return text;
        Refuse(name, value is null ? "is required" : $"must be a string of 1 to {longest} characters");
        return null;
    }

    /// <summary>One of some words.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && words.IndexOf(value.GetString()!) is >= 0 and var index)
            return words[index];
        Refuse(name, $"must be one of {string.Join(", ", words)}");
        return null;
    }

    /// <summary>A whole number in a range; <c>1000.0</c> is one.</summary>
    public int? Whole(string name, int least, int greatest)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= greatest && double.IsInteger(number))
            return (int)number;
        Refuse(name, $"must be a whole number from {least} to {greatest}");
        return null;
    }

    /// <summary>A finite number.</summary>
    public double? Number(string name)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        Refuse(name, "must be a finite number");
        return null;
    }

    /// <summary>An instant in ISO 8601, in microseconds since the Unix epoch.</summary>
    public long? Instant(string name)
    {
        if (Element(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && Timestamps.TryParse(value.GetString(), out var micros))
            return micros;
        Refuse(name, "must be an ISO 8601 timestamp with date, time and zone, such as 2025-08-01T12:00:00Z");
        return null;
    }

    /// <summary>Notes a mistake for each field that was not asked for, with the nearest of those that were.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _fields.Keys)
        {
            if (_known.Contains(name))
                continue;
            var hint = NearestName.Of(name, _known) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", _known)}";
            _mistakes.Add(PathOf(name), $"Unknown field '{ConfigMistakes.Shown(name)}'; {hint}");
        }
    }
}
