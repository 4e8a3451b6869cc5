using System.Globalization;

namespace Laurel.Standalone.Commands;

/// <summary>Tells what became of an import.</summary>
internal static class ImportSummary
{
    /// <summary>The totals, and the reasons of what did not go in.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="tally">All runs together.</param>
    /// <param name="rejects">Where the lines are that did not go in; null when they are kept nowhere.</param>
    public static void Write(TextWriter output, ImportTally tally, string? rejects)
    {
        string?[] parts =
        [
            Part(tally.Applied, "applied"),
            Part(tally.Unchanged, "unchanged"),
            Part(tally.Duplicates, "already there"),
            Part(tally.Skipped, "skipped by --where"),
            Part(tally.Refused, "refused"),
        ];
        var details = string.Join(", ", parts.OfType<string>());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Lines:N0} lines{(details.Length > 0 ? ": " : "")}{details}."));
        WriteRefusals(output, tally, rejects);
    }

    /// <summary>The reasons of what did not go in, the most frequent first.</summary>
    public static void WriteRefusals(TextWriter output, ImportTally tally, string? rejects)
    {
        if (tally.Refused == 0)
            return;
        output.WriteLine(rejects is null ? "What is wrong:" : $"What did not go in, line by line in {rejects}:");
        foreach (var reason in tally.Refusals.OrderByDescending(static reason => reason.Count))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reason.Count,10:N0}  {reason.Reason} ({Describe(reason)})"));
    }

    private static string Describe(RefusalReason reason)
    {
        var lines = string.Join(", ", reason.FirstLines);
        return reason.Count == 1 ? $"line {lines}" : $"lines {lines}{(reason.Count > reason.FirstLines.Count ? ", …" : "")}";
    }

    private static string? Part(long count, string what) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}");
}
