using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>What <see cref="LeaderboardConfigReader"/> made of a configuration.</summary>
/// <param name="Config">The configuration in force, defaults filled in; null when there are mistakes.</param>
/// <param name="Mistakes">All that is wrong, in the order of the documented fields, at most <see cref="ConfigMistakes.Most"/>; empty when nothing is.</param>
public sealed record LeaderboardConfigReading(LeaderboardConfig? Config, IReadOnlyList<Mistake> Mistakes);
