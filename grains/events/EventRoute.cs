using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>Where an event goes on a board.</summary>
/// <param name="Status">Ok, or Unavailable when nobody can say.</param>
/// <param name="Season">The key of its window's season; null when there is none.</param>
/// <param name="IsLate">The season's grace was over when the event came.</param>
internal readonly record struct EventRoute(OutcomeStatus Status, string? Season = null, bool IsLate = false);
