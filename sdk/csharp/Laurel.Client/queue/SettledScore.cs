namespace Laurel.Client;

/// <summary>A score that has left the queue.</summary>
public sealed class SettledScore
{
    internal SettledScore(Score score, ScoreOutcome outcome) => (Score, Outcome) = (score, outcome);

    /// <summary>The score.</summary>
    public Score Score { get; }

    /// <summary>What became of it.</summary>
    public ScoreOutcome Outcome { get; }
}
