using System.Globalization;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>Reads a source to its end and tells what an import would send, sending nothing.</summary>
internal static class DryRun
{
    private const int Examples = 3;

    /// <summary>Reads all of it.</summary>
    /// <returns>Whether every line could go.</returns>
    public static async Task<bool> RunAsync(IScoreSource source, TextWriter output, CancellationToken cancellation)
    {
        var tally = ImportTally.Empty;
        long scores = 0;
        while (await source.ReadAsync(cancellation) is { } item)
        {
            if (item.Score is not { } score)
                tally = tally.Refuse(item.Mistake!, item.Number);
            else if (++scores <= Examples)
                output.WriteLine(Describe(item.Number, score));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scores:N0} lines would be sent, {source.Skipped:N0} are skipped by --where, {tally.Refused:N0} cannot be sent. Nothing was sent."));
        ImportSummary.WriteRefusals(output, tally, null);
        return tally.Refused == 0;
    }

    private static string Describe(long line, ScoreLine score)
    {
        var when = score.Timestamp is { } timestamp ? Timestamps.FormatMilliseconds(timestamp) : "now";
        return FormattableString.Invariant($"line {line}: {score.UserId}{(score.Name is null ? "" : $" ({score.Name})")} scores {score.Score:R}, {when}");
    }
}
