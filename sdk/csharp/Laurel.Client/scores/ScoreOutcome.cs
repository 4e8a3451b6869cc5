namespace Laurel.Client;

/// <summary>What became of one submitted score.</summary>
public sealed class ScoreOutcome
{
    internal ScoreOutcome(string label) => (Label, Status) = (label, StatusOf(label));

    /// <summary>What became of it.</summary>
    public ScoreStatus Status { get; }

    /// <summary>The same as the server says it, such as <c>user-not-found</c>.</summary>
    public string Label { get; }

    /// <summary>Whether it is settled well: applied, unchanged, or a duplicate of one that was.</summary>
    public bool Ok => Status is ScoreStatus.Applied or ScoreStatus.Unchanged or ScoreStatus.Duplicate;

    /// <summary>What is wrong with a score that breaks a rule; null otherwise.</summary>
    public string? Message { get; internal init; }

    /// <summary>The player's score before; null when there was none.</summary>
    public double? PreviousScore { get; internal init; }

    /// <summary>The player's score now; null when this score did not reach the board.</summary>
    public double? Score { get; internal init; }

    /// <summary>The player's rank before, from 1; null when there was none.</summary>
    public int? PreviousRank { get; internal init; }

    /// <summary>The player's rank now, from 1; null when the board does not list the player.</summary>
    public int? Rank { get; internal init; }

    internal static ScoreOutcome Read(LaurelJson json) => new(json.RequiredText("status"))
    {
        Message = json.Text("message"),
        PreviousScore = json.Number("previous_score"),
        Score = json.Number("score"),
        PreviousRank = json.Whole("previous_rank"),
        Rank = json.Whole("rank"),
    };

    private static ScoreStatus StatusOf(string label) => label switch
    {
        "applied" => ScoreStatus.Applied,
        "unchanged" => ScoreStatus.Unchanged,
        "duplicate" => ScoreStatus.Duplicate,
        "validation" => ScoreStatus.Validation,
        "user-not-found" => ScoreStatus.UserNotFound,
        "privacy-disabled" => ScoreStatus.PrivacyDisabled,
        "no-active-season" => ScoreStatus.NoActiveSeason,
        "conflict" => ScoreStatus.Conflict,
        "expired" => ScoreStatus.Expired,
        _ => ScoreStatus.Other,
    };
}
