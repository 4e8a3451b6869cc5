namespace Laurel.Standalone.Commands;

/// <summary>What a text that begins with a CSV record is.</summary>
internal enum CsvVerdict
{
    /// <summary>It holds the whole record.</summary>
    Complete,

    /// <summary>The record's end is not in it.</summary>
    Incomplete,

    /// <summary>Something other than a separator or line end follows a closing quote.</summary>
    TextAfterQuote,
}
