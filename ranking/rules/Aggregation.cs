namespace Laurel.Ranking;

/// <summary>What becomes of an entry when its subject submits again.</summary>
public enum Aggregation
{
    /// <summary>The scores are added up, as doubles and in order of receipt.</summary>
    Sum,

    /// <summary>The highest score stands.</summary>
    Max,

    /// <summary>The lowest score stands.</summary>
    Min,

    /// <summary>The score achieved last stands; of two achieved at the same time the one received later.</summary>
    Last,

    /// <summary>The score achieved first stands; of two achieved at the same time the one received earlier.</summary>
    First,

    /// <summary>The number of submissions, whatever their scores.</summary>
    Count,

    /// <summary>The mean of the submitted scores.</summary>
    Avg,

    /// <summary><see cref="Max"/> on a descending board, <see cref="Min"/> on an ascending one.</summary>
    Best,
}
