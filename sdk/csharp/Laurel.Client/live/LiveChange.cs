namespace Laurel.Client;

/// <summary>How an entry changed.</summary>
public sealed class LiveChange
{
    internal LiveChange(LiveChangeKind kind, string userId, string? name) => (Kind, UserId, Name) = (kind, userId, name);

    /// <summary>What became of it.</summary>
    public LiveChangeKind Kind { get; }

    /// <summary>The player.</summary>
    public string UserId { get; }

    /// <summary>The player's name; null when none is known.</summary>
    public string? Name { get; }

    /// <summary>The score now; null when the entry is gone.</summary>
    public double? Score { get; internal init; }

    /// <summary>The score before; null when there was none, or it is not known.</summary>
    public double? OldScore { get; internal init; }

    /// <summary>The rank now, which may be outside the part that is followed; null when the entry is gone.</summary>
    public int? Rank { get; internal init; }

    /// <summary>The rank before; null when there was none, or it is not known.</summary>
    public int? OldRank { get; internal init; }

    internal static LiveChange Read(LaurelJson json) => new(KindOf(json.RequiredText("type")), json.RequiredText("user_id"), json.Text("name"))
    {
        Score = json.Number("score"),
        OldScore = json.Number("old_score"),
        Rank = json.Whole("rank"),
        OldRank = json.Whole("old_rank"),
    };

    /// <summary>What lies between two rows of one player.</summary>
    internal static LiveChange Of(LiveRow? before, LiveRow? now) => new(
        before is null ? LiveChangeKind.Insert : now is null ? LiveChangeKind.Delete : LiveChangeKind.Update,
        (now ?? before)!.UserId,
        (now ?? before)!.Name)
    {
        Score = now?.Score,
        OldScore = before?.Score,
        Rank = now?.Rank,
        OldRank = before?.Rank,
    };

    private static LiveChangeKind KindOf(string type) => type switch
    {
        "INSERT" => LiveChangeKind.Insert,
        "DELETE" => LiveChangeKind.Delete,
        _ => LiveChangeKind.Update,
    };
}
