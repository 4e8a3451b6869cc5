namespace Laurel.Client;

/// <summary>
/// A score to be submitted. It gets its idempotency key when it is made and keeps it for every attempt: however often the same object is
/// submitted within 24 hours, it counts once. Two objects are two scores, also when all else is equal.
/// </summary>
public sealed class Score
{
    /// <summary>The longest idempotency key, in characters.</summary>
    public const int LongestKey = 128;

    /// <param name="userId">The player: 1 to 128 characters, none of them a control character.</param>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentException">One of them is not.</exception>
    public Score(string userId, double value)
    {
        if (string.IsNullOrEmpty(userId))
            throw new ArgumentException("A user id has 1 to 128 characters.", nameof(userId));
        if (double.IsNaN(value) || double.IsInfinity(value))
            throw new ArgumentException("A score is a finite number.", nameof(value));
        (UserId, Value) = (userId, value);
        IdempotencyKey = Guid.NewGuid().ToString("N");
    }

    /// <summary>The player.</summary>
    public string UserId { get; }

    /// <summary>The score; what becomes of it is decided by the board's aggregation.</summary>
    public double Value { get; }

    /// <summary>
    /// When it was achieved; null for the moment at which the server receives it. One more than a few seconds in the server's future is
    /// refused, so leave it out where the clock belongs to a player.
    /// </summary>
    public DateTimeOffset? AchievedAt { get; init; }

    /// <summary>The name to be shown, at most 128 characters; null keeps the one known.</summary>
    public string? Name { get; init; }

    /// <summary>An object to be shown with the entry, at most 4096 bytes; null keeps the one known.</summary>
    public LaurelJson? Metadata { get; init; }

    /// <summary>What it is recognized by when it comes again: 1 to 128 characters. Random unless a game sets one of its own.</summary>
    public string IdempotencyKey { get; init; }
}
