using System.Text.Json;

namespace Laurel.Grains;

/// <summary>
/// Reads filters on events: an object of dotted paths, each with one operator and its operand, as in
/// <c>{"attrs.mode": {"in": ["ranked", "casual"]}}</c>.
/// </summary>
internal static class FilterReader
{
    /// <summary>The most filters in one place, and the most operands of one: every event of the tenant is compared with all of them.</summary>
    private const int Most = 100;

    private const int LongestPath = 200;
    private const string Operators = "eq, ne, in, nin, gt, gte, lt, lte, exists";

    /// <summary>The filters that are right; the mistakes of the others are noted.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Read(ConfigNode filters)
    {
        Dictionary<string, JsonElement> read = new(StringComparer.Ordinal);
        foreach (var (path, condition) in filters.Fields.Take(Most))
        {
            if ((MistakeOfPath(path) ?? MistakeOfCondition(condition)) is { } mistake)
                filters.Refuse(path, mistake);
            else
                read.Add(path, condition.Clone());
        }

        if (filters.Fields.Count > Most)
            filters.Refuse(filters.Fields.Keys.ElementAt(Most), $"is one filter too many; at most {Most} are taken");
        return read;
    }

    private static string? MistakeOfPath(string path) =>
        path.Length > LongestPath ? $"must be a dotted path of at most {LongestPath} characters"
        : path.Split('.').Any(string.IsNullOrWhiteSpace) ? "must be a dotted path such as actor.metadata.region"
        : null;

    private static string? MistakeOfCondition(JsonElement condition)
    {
        if (condition.ValueKind != JsonValueKind.Object || condition.EnumerateObject().Count() != 1)
            return $"must be an object with one operator of {Operators}";

        var one = condition.EnumerateObject().First();
        var right = one.Name switch
        {
            "eq" or "ne" => IsScalar(one.Value) ? null : "a string, a number or a boolean",
            "in" or "nin" => IsList(one.Value) ? null : $"a non-empty array of at most {Most} strings, numbers or booleans",
            "gt" or "gte" or "lt" or "lte" => IsNumber(one.Value) ? null : "a finite number",
            "exists" => one.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            _ => "",
        };
        return right switch
        {
            null => null,
            "" => $"has the unknown operator '{ConfigMistakes.Shown(one.Name)}'; known are {Operators}",
            _ => $"takes {right} for the operator {one.Name}",
        };
    }

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False || IsNumber(value);

    private static bool IsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number);

    private static bool IsList(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= Most && value.EnumerateArray().All(IsScalar);
}
