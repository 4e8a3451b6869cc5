using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What was read of a board.</summary>
/// <param name="Refusal">The answer when nothing may or can be read; the rest is null then.</param>
/// <param name="Season">The window that was read; null on a board that never had one.</param>
/// <param name="Outcome">What its season said; null while the window has no season.</param>
internal sealed record SeasonRead<T>(Reply? Refusal, SeasonInfo? Season = null, T? Outcome = null)
    where T : class, IOutcome;
