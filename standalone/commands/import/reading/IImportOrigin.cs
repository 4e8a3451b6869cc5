namespace Laurel.Standalone.Commands;

/// <summary>What is imported: a file, or a set in a Redis server.</summary>
internal interface IImportOrigin
{
    /// <summary>What people are shown.</summary>
    string Title { get; }

    /// <summary>The path beside which the state and the rejected lines are kept.</summary>
    string KeptAt { get; }

    /// <summary>How lines are read: with the same content and the same text here, the same scores have the same numbers or keys.</summary>
    string Reading { get; }

    /// <summary>Which lines are read, and how.</summary>
    string Selection { get; }

    /// <summary>Why it cannot be read at all; null when it may be.</summary>
    string? FindMistake();

    /// <summary>What a new import recognizes it by.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    FileFingerprint Recognize();

    /// <summary>Whether an import that left this state was of the same thing, and the state's place is still in it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    bool IsSame(ImportState kept);

    /// <summary>Opens it at a place.</summary>
    /// <param name="cursor">As an earlier reading gave it; null for the beginning.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<SourceOpening> OpenAsync(string? cursor, CancellationToken cancellation);
}
