using System.Runtime.CompilerServices;
using System.Text;

namespace Laurel.Journeys.Tests;

/// <summary>
/// Every goal of the data set of international football, and the table that must come of it, computed here without Laurel: goals by
/// scorer, ties to whoever had scored them all first.
/// </summary>
internal sealed record Goal(string Scorer, DateOnly Date)
{
    /// <summary>Where the data lies: beside the checkout; the repository does not bring it.</summary>
    private static readonly string File = Path.GetFullPath(Path.Combine(Root(), "..", "shared", "data", "football", "goalscorers.csv"));

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Absence => System.IO.File.Exists(File) ? null : $"the football data set is not there ({File}).";

    /// <summary>All goals whose scorer is known, own goals not counted, in the order of the file.</summary>
    public static List<Goal> ReadAll() =>
    [
        .. CsvRows.Read(File).Skip(1)
            .Where(fields => fields[4] != "NA" && fields[6] == "FALSE")
            .Select(fields => new Goal(fields[4], DateOnly.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture))),
    ];

    public static List<(string Scorer, double Goals)> Table(IEnumerable<Goal> goals) =>
    [
        .. goals.GroupBy(goal => goal.Scorer)
            .OrderByDescending(scored => scored.Count())
            .ThenBy(scored => scored.Max(goal => goal.Date))
            .ThenBy(scored => Encoding.UTF8.GetBytes(scored.Key), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Select(scored => (scored.Key, (double)scored.Count())),
    ];

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(thisFile, "../../../.."));
}
