namespace Laurel.Client;

/// <summary>A place on a live board.</summary>
public sealed record LiveRow
{
    internal LiveRow(int rank, string userId, string? name, double score) => (Rank, UserId, Name, Score) = (rank, userId, name, score);

    /// <summary>The place, from 1.</summary>
    public int Rank { get; }

    /// <summary>The player.</summary>
    public string UserId { get; }

    /// <summary>The player's name; null when none is known.</summary>
    public string? Name { get; }

    /// <summary>The score.</summary>
    public double Score { get; }

    internal static LiveRow Read(LaurelJson json) =>
        new(json.RequiredWhole("rank"), json.RequiredText("user_id"), json.Text("name"), json.RequiredNumber("score"));
}
