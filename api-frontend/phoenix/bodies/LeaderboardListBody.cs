namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of leaderboards.</summary>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record LeaderboardListBody(int Total, IReadOnlyList<LeaderboardBody> Leaderboards);
