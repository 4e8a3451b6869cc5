namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>A team's score after a change.</summary>
internal sealed record TeamScoreBody(string Id, double Score, string TeamName, string LeaderboardId);
