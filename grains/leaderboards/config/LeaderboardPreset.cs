using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>What fills the parts of a configuration that its author left out.</summary>
internal sealed record LeaderboardPreset
{
    /// <summary>The greatest number of places a board may list.</summary>
    public const int LargestSize = 1_000_000;

    /// <summary>Without a preset.</summary>
    private static readonly LeaderboardPreset None = new();

    /// <summary>Boards for the CrazyGames dialect: registered players alone, a new season each Monday morning.</summary>
    private static readonly LeaderboardPreset CrazyGames = new()
    {
        Timeframe = new Timeframe { Type = "weekly", ResetDay = "monday", ResetTime = "09:00" },
        Aggregation = "best",
        Size = LargestSize,
        Registry = "strict",
    };

    /// <summary>Boards for the Rankora dialect: an update sets the score, for ever.</summary>
    private static readonly LeaderboardPreset Rankora = new() { Aggregation = "last", Size = LargestSize };

    /// <summary>The season calendar.</summary>
    public Timeframe Timeframe { get; private init; } = new();

    /// <summary>What a further submission does.</summary>
    public string Aggregation { get; private init; } = "sum";

    /// <summary>How many places are listed.</summary>
    public int Size { get; private init; } = 1000;

    /// <summary>Who may stand on the board.</summary>
    public string Registry { get; private init; } = "open";

    /// <summary>The preset of that name, the plain defaults for null; null when there is none.</summary>
    public static LeaderboardPreset? Find(string? name) => name switch
    {
        null => None,
        "crazygames" => CrazyGames,
        "rankora" => Rankora,
        _ => null,
    };
}
