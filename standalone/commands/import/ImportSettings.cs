using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>What an import was asked to do. Checked.</summary>
internal sealed record ImportSettings
{
    /// <summary>What is imported, and how it is read.</summary>
    public required IImportOrigin Origin { get; init; }

    /// <summary>The server's address, ending in a slash.</summary>
    public required Uri Url { get; init; }

    /// <summary>The key's text.</summary>
    public required string Key { get; init; }

    /// <summary>The board; null when a game key names it.</summary>
    public required LeaderboardKey? Board { get; init; }

    /// <summary>Whether nothing is sent.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether players are registered first.</summary>
    public bool Register { get; init; }

    /// <summary>Whether an earlier import of the file is disregarded.</summary>
    public bool Restart { get; init; }

    /// <summary>Scores of one request, about.</summary>
    public int Batch { get; init; }

    /// <summary>How many requests may be under way.</summary>
    public int Lanes { get; init; }

    /// <summary>How long one request is tried again.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>The board and server, as the state names them.</summary>
    public string Target => Board is { } board ? $"{board} at {Url}" : $"the board of a game key at {Url}";
}
