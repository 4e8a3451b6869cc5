namespace Laurel.Grains;

/// <summary>Guesses which name was meant.</summary>
internal static class NearestName
{
    private const int LongestGuessed = 40;

    /// <summary>
    /// The known name with the fewest letters to insert, delete or replace, at most a third of its own and at least one; null when none
    /// is that near. Case and the signs between words do not count: <c>resetDay</c> is <c>reset_day</c>.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestGuessed)
            return null;

        var letters = LettersOf(name);
        return known
            .Select(candidate => (Name: candidate, Edits: Edits(letters, LettersOf(candidate))))
            .Where(candidate => candidate.Edits <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Edits)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static string LettersOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int Edits(string from, string to)
    {
        Span<int> row = stackalloc int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            row[j] = j;

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
