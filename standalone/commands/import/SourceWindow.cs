namespace Laurel.Standalone.Commands;

/// <summary>A stretch of a source that is settled as a whole.</summary>
internal sealed class SourceWindow
{
    /// <summary>Its scores, in order.</summary>
    public required IReadOnlyList<SourceItem> Scores { get; init; }

    /// <summary>What is no score, in order.</summary>
    public required IReadOnlyList<SourceItem> Bad { get; init; }

    /// <summary>Where the source goes on behind it.</summary>
    public required string Cursor { get; init; }

    /// <summary>How much of the source lies behind.</summary>
    public required long Done { get; init; }

    /// <summary>How many items were not asked for.</summary>
    public required long Skipped { get; init; }

    /// <summary>How many lines it has.</summary>
    public long Lines => Scores.Count + Bad.Count + Skipped;

    /// <summary>Reads the next one.</summary>
    /// <param name="source">The source.</param>
    /// <param name="size">The most scores, and the most of what is none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null behind the source's end.</returns>
    /// <exception cref="IOException">The source cannot be read further.</exception>
    public static async Task<SourceWindow?> ReadAsync(IScoreSource source, int size, CancellationToken cancellation)
    {
        List<SourceItem> scores = [];
        List<SourceItem> bad = [];
        var skippedBefore = source.Skipped;
        while (scores.Count < size && bad.Count < size && await source.ReadAsync(cancellation) is { } item)
            (item.Score is null ? bad : scores).Add(item);

        var skipped = source.Skipped - skippedBefore;
        return scores.Count + bad.Count + skipped == 0
            ? null
            : new() { Scores = scores, Bad = bad, Cursor = source.Cursor, Done = source.Done, Skipped = skipped };
    }
}
