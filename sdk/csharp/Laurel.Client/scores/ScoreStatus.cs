namespace Laurel.Client;

/// <summary>What became of a score.</summary>
public enum ScoreStatus
{
    /// <summary>It changed the player's entry.</summary>
    Applied,

    /// <summary>By the board's aggregation it changes nothing, such as a score below the player's best.</summary>
    Unchanged,

    /// <summary>It had come before, with the same idempotency key; the outcome is that of the first time.</summary>
    Duplicate,

    /// <summary>It breaks a rule: of the request's form, or the board's limits.</summary>
    Validation,

    /// <summary>The board takes registered players alone, and this one is not.</summary>
    UserNotFound,

    /// <summary>The player is hidden.</summary>
    PrivacyDisabled,

    /// <summary>The board takes no scores now.</summary>
    NoActiveSeason,

    /// <summary>Its idempotency key belongs to another score.</summary>
    Conflict,

    /// <summary>It waited in the queue until the server may have forgotten its key; it may have counted, and was not sent again.</summary>
    Expired,

    /// <summary>The server gave a reason that this client does not know; the outcome's label has it.</summary>
    Other,
}
