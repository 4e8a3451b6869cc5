namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Guesses which name was meant.</summary>
internal static class NearestName
{
    private const int LongestGuessed = 40;

    /// <summary>The known name with the fewest edits to the one given; null when in each more than a third of the letters differ.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestGuessed)
            return null;

        string? nearest = null;
        var fewest = int.MaxValue;
        foreach (var candidate in known)
        {
            var edits = Edits(name.ToLowerInvariant(), candidate);
            if (edits < fewest && edits <= Math.Max(1, candidate.Length / 3))
                (nearest, fewest) = (candidate, edits);
        }

        return nearest;
    }

    /// <summary>How many insertions, deletions, replacements and swaps of neighbours make one text of the other.</summary>
    private static int Edits(string from, string to)
    {
        var before = new int[to.Length + 1];
        var above = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, above) = (above, row);
        }

        return above[to.Length];
    }
}
