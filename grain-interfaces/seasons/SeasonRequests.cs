namespace Laurel.GrainInterfaces;

/// <summary>Asks for entries in rank order.</summary>
/// <param name="Offset">How many to pass over, ≥ 0.</param>
/// <param name="Limit">How many at the most, 1 to 1000.</param>
/// <param name="Ranks">How ties are numbered.</param>
public sealed record ReadPage(int Offset, int Limit, RankStyle Ranks = RankStyle.Ordinal);

/// <summary>How tied entries are numbered. The order is the same.</summary>
public enum RankStyle
{
    /// <summary>Positions in the total order: 1, 2, 3, 4.</summary>
    Ordinal = 0,

    /// <summary>Ties by score share the best rank: 1, 2, 2, 4.</summary>
    Standard = 1,
}

/// <summary>Asks for one subject.</summary>
/// <param name="UserId">The subject's id.</param>
/// <param name="Around">How many neighbours on each side, 0 to 100.</param>
/// <param name="Ranks">How ties are numbered.</param>
public sealed record ReadEntry(string UserId, int Around = 0, RankStyle Ranks = RankStyle.Ordinal);

/// <summary>Removes one subject's entry.</summary>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat repeats the outcome.</param>
public sealed record RemoveEntry(Guid RequestId, string UserId);

/// <summary>What a season must do from now on.</summary>
/// <param name="Version">The board's version this comes from; an older one is ignored.</param>
/// <param name="Status">The board's status.</param>
/// <param name="EndsAt">The season's end, null for none.</param>
/// <param name="Deleted">The board is gone: every request is answered NotFound.</param>
public sealed record SeasonOrders(int Version, LeaderboardStatus Status, DateTimeOffset? EndsAt, bool Deleted);

/// <summary>Ends a season for good.</summary>
public sealed record SealSeason;
