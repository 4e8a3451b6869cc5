namespace Laurel.Ranking;

/// <summary>Which end of a board's scores is rank 1.</summary>
public enum Direction
{
    /// <summary>The highest score leads.</summary>
    Descending,

    /// <summary>The lowest score leads.</summary>
    Ascending,
}
