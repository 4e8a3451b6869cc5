namespace Laurel.Journeys.Tests;

/// <summary>The fields of CSV files whose fields hold no line breaks.</summary>
internal static class CsvRows
{
    /// <summary>Every line's fields.</summary>
    public static IEnumerable<string[]> Read(string file) => File.ReadLines(file).Select(Fields);

    private static string[] Fields(string line)
    {
        List<string> fields = [""];
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && line.AsSpan(i + 1).StartsWith("\""))
                fields[^1] += line[++i];
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                fields.Add("");
            else
                fields[^1] += line[i];
        }

        return [.. fields];
    }
}
