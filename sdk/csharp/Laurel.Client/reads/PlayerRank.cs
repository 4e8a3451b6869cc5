namespace Laurel.Client;

/// <summary>A player's rank.</summary>
public sealed class PlayerRank
{
    private PlayerRank(LaurelJson json) =>
        (WindowKey, Rank, Total) = (json.RequiredText("window_key"), json.RequiredWhole("rank"), json.RequiredWhole("total"));

    /// <summary>The window.</summary>
    public string WindowKey { get; }

    /// <summary>The rank, from 1.</summary>
    public int Rank { get; }

    /// <summary>How many the window lists.</summary>
    public int Total { get; }

    internal static PlayerRank Read(LaurelJson json) => new(json);
}
