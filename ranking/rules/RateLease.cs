namespace Laurel.Ranking;

/// <summary>Permits lent by a <see cref="RateWindow"/>.</summary>
/// <param name="Id">Names the lease when it is settled; 0 when nothing was granted.</param>
/// <param name="Permits">How many were granted, 0 or more.</param>
public readonly record struct RateLease(long Id, int Permits);
