using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>What of a board's configuration decides how its journal folds.</summary>
/// <param name="Direction">Which end of the scores leads.</param>
/// <param name="Aggregation">What a further submission does.</param>
/// <param name="LeastListed">Entries with a lower score are not listed; null lists all.</param>
public sealed record SeasonRules(Direction Direction, Aggregation Aggregation, double? LeastListed);
