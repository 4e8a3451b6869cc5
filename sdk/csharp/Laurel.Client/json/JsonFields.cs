using System.Globalization;

namespace Laurel.Client;

/// <summary>Reads the members of a server's answer. What is missing or of another kind makes the answer one that was not expected.</summary>
internal static class JsonFields
{
    /// <exception cref="FormatException">There is none.</exception>
    public static string RequiredText(this LaurelJson json, string name) => json.Text(name) ?? throw Missing(name);

    public static string? Text(this LaurelJson json, string name) => json[name]?.AsText;

    /// <exception cref="FormatException">There is none.</exception>
    public static double RequiredNumber(this LaurelJson json, string name) => json.Number(name) ?? throw Missing(name);

    public static double? Number(this LaurelJson json, string name) => json[name]?.AsNumber;

    /// <exception cref="FormatException">There is none.</exception>
    public static int RequiredWhole(this LaurelJson json, string name) => json.Whole(name) ?? throw Missing(name);

    public static int? Whole(this LaurelJson json, string name) => json.Number(name) is { } number ? (int)number : null;

    /// <exception cref="FormatException">There is none.</exception>
    public static long RequiredSequence(this LaurelJson json, string name) => (long)json.RequiredNumber(name);

    public static bool Flag(this LaurelJson json, string name) => json[name]?.AsBoolean ?? false;

    /// <exception cref="FormatException">There is none.</exception>
    public static DateTimeOffset RequiredInstant(this LaurelJson json, string name) => json.Instant(name) ?? throw Missing(name);

    public static DateTimeOffset? Instant(this LaurelJson json, string name) =>
        json.Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;

    /// <summary>An object, for its own sake; null where there is <c>null</c> or nothing.</summary>
    public static LaurelJson? Object(this LaurelJson json, string name) => json[name] is { Kind: LaurelJsonKind.Object } value ? value : null;

    /// <summary>The items of an array, each read.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static IReadOnlyList<T> RequiredList<T>(this LaurelJson json, string name, Func<LaurelJson, T> read)
    {
        if (json[name] is not { Kind: LaurelJsonKind.Array } array)
            throw Missing(name);
        var list = new T[array.Items.Count];
        for (var i = 0; i < list.Length; i++)
            list[i] = read(array.Items[i]);
        return list;
    }

    private static FormatException Missing(string name) => new($"The answer has no '{name}' where one belongs.");
}
