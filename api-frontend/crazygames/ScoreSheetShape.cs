namespace Laurel.ApiFrontend;

/// <summary>What a submission's body looks like as a whole.</summary>
internal enum ScoreSheetShape
{
    /// <summary>1 to 100 items, which may be well-formed or not.</summary>
    Scores,

    /// <summary>No JSON object, or one without <c>scores</c>.</summary>
    NoScores,

    /// <summary><c>scores</c> is something else than an array.</summary>
    NotAnArray,

    /// <summary>An empty array.</summary>
    Empty,

    /// <summary>More than 100 items.</summary>
    TooMany,
}
