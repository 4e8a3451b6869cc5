namespace Laurel.Standalone.Commands;

/// <summary>What a server made of one score.</summary>
internal enum LineStatus
{
    /// <summary>It changed the board.</summary>
    Applied,

    /// <summary>By the board's aggregation it changes nothing.</summary>
    Unchanged,

    /// <summary>It had gone in before.</summary>
    Duplicate,

    /// <summary>It did not go in and will not.</summary>
    Refused,

    /// <summary>It did not go in, and may when it is sent again.</summary>
    Failed,
}
