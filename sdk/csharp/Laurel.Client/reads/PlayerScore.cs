namespace Laurel.Client;

/// <summary>A player's score.</summary>
public sealed class PlayerScore
{
    private PlayerScore(LaurelJson json) =>
        (WindowKey, Score, UpdatedAt) = (json.RequiredText("window_key"), json.RequiredNumber("score"), json.RequiredInstant("updated_at"));

    /// <summary>The window.</summary>
    public string WindowKey { get; }

    /// <summary>The score.</summary>
    public double Score { get; }

    /// <summary>When the entry changed last.</summary>
    public DateTimeOffset UpdatedAt { get; }

    internal static PlayerScore Read(LaurelJson json) => new(json);
}
