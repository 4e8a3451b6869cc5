namespace Laurel.GrainInterfaces;

/// <summary>How a call of a grain ended. Released members keep their numbers.</summary>
public enum OutcomeStatus
{
    /// <summary>Done; a write is durable.</summary>
    Ok = 0,

    /// <summary>The request breaks a rule; the response names each mistake. Nothing changed.</summary>
    Invalid = 1,

    /// <summary>What the request names does not exist.</summary>
    NotFound = 2,

    /// <summary>What the request would create exists, or was changed meanwhile. Nothing changed.</summary>
    Conflict = 3,

    /// <summary>The board's status or the season's end forbids it. Nothing changed.</summary>
    NotActive = 4,

    /// <summary>This season does not take writes received at that time: the caller routes again.</summary>
    WrongWindow = 5,

    /// <summary>This activation lost its season to a newer one: the port calls again with the same request id.</summary>
    Moved = 6,

    /// <summary>Storage failed or did not answer in time. Whether an unfinished write took effect is not known.</summary>
    Unavailable = 7,

    /// <summary>More waits than may wait. Nothing changed; the same request may be taken in a moment.</summary>
    Busy = 8,
}
