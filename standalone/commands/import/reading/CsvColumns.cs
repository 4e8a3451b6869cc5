namespace Laurel.Standalone.Commands;

/// <summary>Which column of a CSV file holds what; −1 stands for none.</summary>
internal sealed record CsvColumns
{
    public required int User { get; init; }

    public required int Score { get; init; }

    public required int Timestamp { get; init; }

    public required int Name { get; init; }

    public required int Metadata { get; init; }

    /// <summary>The column that each filter looks at.</summary>
    public required IReadOnlyList<int> Filtered { get; init; }

    /// <summary>Finds the columns in a header.</summary>
    /// <param name="header">The columns' names.</param>
    /// <param name="mapping">What holds what.</param>
    /// <param name="filters">What lines are kept.</param>
    /// <param name="mistake">Why they cannot be found; null when they were.</param>
    public static CsvColumns Find(IReadOnlyList<string> header, FieldMapping mapping, IReadOnlyList<LineFilter> filters, out string? mistake)
    {
        var missing = new List<string>();
        var columns = new CsvColumns
        {
            User = Find("user", mapping.User, true),
            Score = Find("score", mapping.ScoreNames, mapping.Score is null),
            Timestamp = Find("timestamp", mapping.Timestamp, false),
            Name = Find("name", mapping.Name, false),
            Metadata = Find("metadata", mapping.Metadata, false),
            Filtered = [.. filters.Select(filter => IndexOf(filter.Column) is >= 0 and var index ? index : Miss($"no column '{filter.Column}' for --where"))],
        };
        mistake = missing.Count > 0 ? Describe(header, missing) : FindMixture(header, mapping, filters);
        return columns;

        int Find(string field, IReadOnlyList<string> names, bool required)
        {
            var index = names.Select(IndexOf).FirstOrDefault(static index => index >= 0, -1);
            if (index >= 0)
                return index;
            if (mapping.Asks(field) && names.Count > 0)
                return Miss($"no column '{names[0]}' for {field}");
            return required ? Miss($"no column that is usual for {field} ({string.Join(", ", names)})") : -1;
        }

        int Miss(string what)
        {
            missing.Add(what);
            return -1;
        }

        int IndexOf(string name)
        {
            for (var i = 0; i < header.Count; i++)
            {
                if (header[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return i;
            }

            return -1;
        }
    }

    /// <summary>A column that names boards, of which no filter takes one.</summary>
    private static string? FindMixture(IReadOnlyList<string> header, FieldMapping mapping, IReadOnlyList<LineFilter> filters)
    {
        var column = header.FirstOrDefault(name => mapping.Export?.Board.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase) == true);
        return column is null || filters.Any(filter => filter.Equal && filter.Column.Equals(column.Trim(), StringComparison.OrdinalIgnoreCase))
            ? null
            : $"It may hold several leaderboards. Take one with --where {column.Trim()}=NAME.";
    }

    private static string Describe(IReadOnlyList<string> header, List<string> missing)
    {
        var text = $"The header has {string.Join(", and ", missing)}. It has: {string.Join(", ", header)}.";
        if (header.Count == 1 && header[0].IndexOfAny([';', '\t', '|']) is >= 0 and var sign)
            return $"{text} Is the separator '{(header[0][sign] == '\t' ? "tab" : header[0][sign])}'? Then add --separator.";
        return $"{text} Name columns with --map user=…,score=…, or give every line the same score with --score.";
    }
}
