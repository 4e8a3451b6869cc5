namespace Laurel.Client;

/// <summary>A player's place.</summary>
public sealed class Standing
{
    private Standing(LaurelJson json)
    {
        Rank = json.RequiredWhole("rank");
        UserId = json.RequiredText("user_id");
        Name = json.Text("name");
        Score = json.RequiredNumber("score");
        UpdatedAt = json.RequiredInstant("updated_at");
        Metadata = json.Object("metadata");
    }

    /// <summary>The place, from 1.</summary>
    public int Rank { get; }

    /// <summary>The player.</summary>
    public string UserId { get; }

    /// <summary>The player's name; null when none is known.</summary>
    public string? Name { get; }

    /// <summary>The score.</summary>
    public double Score { get; }

    /// <summary>When the entry changed last.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>The object that came with a score; null for none.</summary>
    public LaurelJson? Metadata { get; }

    internal static Standing Read(LaurelJson json) => new(json);
}
