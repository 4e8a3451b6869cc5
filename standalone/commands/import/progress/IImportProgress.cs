namespace Laurel.Standalone.Commands;

/// <summary>Shows how far an import is. Safe for concurrent calls.</summary>
internal interface IImportProgress
{
    /// <summary>It went on.</summary>
    void Report(in ImportProgress progress);

    /// <summary>It waits, and why; null when it goes on.</summary>
    void Note(string? text);
}
