namespace Laurel.Ranking;

/// <summary>What aggregation keeps of a subject's submissions. 32 bytes.</summary>
/// <param name="Score">What the entry is ranked by: finite, never −0.</param>
/// <param name="AchievedAt">
/// Microseconds since the Unix epoch, negative before it: when the submission that set the score was achieved, or the latest of
/// those that were added up.
/// </param>
/// <param name="Total">The sum of the submitted scores under <see cref="Aggregation.Avg"/>, otherwise 0.</param>
/// <param name="Samples">The number of submitted scores under <see cref="Aggregation.Avg"/>, otherwise 0.</param>
public readonly record struct EntryValue(double Score, long AchievedAt, double Total = 0, long Samples = 0);
