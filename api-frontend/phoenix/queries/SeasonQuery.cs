using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Which standings somebody wants to see.</summary>
/// <param name="Caller">Who: boards that are not active are hidden from players.</param>
/// <param name="Board">The board.</param>
/// <param name="WindowKey">The window; null for the present one.</param>
/// <param name="FallsBack">Whether the last window stands in for the present one while that has no entries.</param>
internal readonly record struct SeasonQuery(Caller Caller, LeaderboardKey Board, string? WindowKey, bool FallsBack);
