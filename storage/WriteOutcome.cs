namespace Laurel.Storage;

/// <summary>How a write ended.</summary>
public enum WriteOutcome
{
    /// <summary>Durable: it survives the loss of the process and of power.</summary>
    Committed,

    /// <summary>Its condition did not hold: another owner has the season, or the record was changed meanwhile. Nothing was written.</summary>
    Lost,

    /// <summary>One of its marks was there already. Nothing was written.</summary>
    MarkTaken,

    /// <summary>The database refused it for good (disk full, read only, connection refused): nothing was written, nor will be.</summary>
    Failed,

    /// <summary>No answer: it may have been written, or may still be. Only opening the journal again tells.</summary>
    Unknown,
}
