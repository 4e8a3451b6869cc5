namespace Laurel.Client;

/// <summary>A live board at one durable moment.</summary>
public sealed class LiveUpdate
{
    internal LiveUpdate(string? windowKey, long sequence, int total, IReadOnlyList<LiveRow> rows, IReadOnlyList<LiveChange> changes, LiveClosing? closing) =>
        (WindowKey, Sequence, Total, Rows, Changes, Closing) = (windowKey, sequence, total, rows, changes, closing);

    /// <summary>The window; null on a board that never had one.</summary>
    public string? WindowKey { get; }

    /// <summary>The position of the window's journal that it shows; grows within a window.</summary>
    public long Sequence { get; }

    /// <summary>How many the window lists.</summary>
    public int Total { get; }

    /// <summary>The followed part as it is now, in rank order.</summary>
    public IReadOnlyList<LiveRow> Rows { get; }

    /// <summary>
    /// What has changed since the update before, as one step: what a broken connection missed, too. Empty in the first update. Entries
    /// that left the followed part, or others moved, are among them.
    /// </summary>
    public IReadOnlyList<LiveChange> Changes { get; }

    /// <summary>The end of a window, told before the first update of the next one; null in all other updates.</summary>
    public LiveClosing? Closing { get; }
}
