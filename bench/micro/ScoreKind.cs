namespace Laurel.Bench.Micro;

/// <summary>How the scores of a run are spread.</summary>
internal enum ScoreKind
{
    /// <summary>Any double from 0 to a million: no ties.</summary>
    Random,

    /// <summary>Whole numbers below 100,000, as games have them.</summary>
    Whole,

    /// <summary>1 to 10: nearly everything ties.</summary>
    Ten,
}
