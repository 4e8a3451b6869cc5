namespace Laurel.Standalone.Commands;

/// <summary>What became of the lines of an import so far, all its runs together.</summary>
internal sealed record ImportTally
{
    private const int MostReasons = 50;
    private const int MostLines = 5;
    private const string OtherReasons = "other reasons";

    /// <summary>Nothing yet.</summary>
    public static readonly ImportTally Empty = new();

    /// <summary>Lines that changed the board.</summary>
    public long Applied { get; init; }

    /// <summary>Lines that by the board's aggregation change nothing.</summary>
    public long Unchanged { get; init; }

    /// <summary>Lines that had gone in before.</summary>
    public long Duplicates { get; init; }

    /// <summary>Lines that were not asked for.</summary>
    public long Skipped { get; init; }

    /// <summary>Lines that did not go in, by reason.</summary>
    public IReadOnlyList<RefusalReason> Refusals { get; init; } = [];

    /// <summary>Lines that are on the board or need not be.</summary>
    public long In => Applied + Unchanged + Duplicates;

    /// <summary>Lines that did not go in.</summary>
    public long Refused => Refusals.Sum(static reason => reason.Count);

    /// <summary>All lines looked at.</summary>
    public long Lines => In + Refused + Skipped;

    /// <summary>The tally after a line went in.</summary>
    public ImportTally Add(LineStatus status) => status switch
    {
        LineStatus.Applied => this with { Applied = Applied + 1 },
        LineStatus.Unchanged => this with { Unchanged = Unchanged + 1 },
        LineStatus.Duplicate => this with { Duplicates = Duplicates + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "It did not go in."),
    };

    /// <summary>The tally after a line was refused. Many different reasons are counted together.</summary>
    public ImportTally Refuse(string reason, long line)
    {
        var reasons = Refusals.ToList();
        var place = reasons.FindIndex(known => known.Reason == reason);
        if (place < 0 && reasons.Count >= MostReasons)
        {
            reason = OtherReasons;
            place = reasons.FindIndex(static known => known.Reason == OtherReasons);
        }

        if (place < 0)
            reasons.Add(new(reason, 1, [line]));
        else
            reasons[place] = Count(reasons[place], line);
        return this with { Refusals = reasons };
    }

    private static RefusalReason Count(RefusalReason reason, long line) => reason with
    {
        Count = reason.Count + 1,
        FirstLines = reason.FirstLines.Count < MostLines ? [.. reason.FirstLines, line] : reason.FirstLines,
    };
}
