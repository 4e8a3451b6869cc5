namespace Laurel.Ranking;

/// <summary>What a submission did to its subject's entry.</summary>
public enum AggregationResult
{
    /// <summary>The entry has a new value.</summary>
    Applied,

    /// <summary>The entry stays bit for bit as it was: there is nothing to rank again and nothing to keep.</summary>
    Unchanged,

    /// <summary>The submitted score, or what it would add up to, is no finite number: the submission is refused.</summary>
    NotFinite,
}
