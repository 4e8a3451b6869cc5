namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>A token.</summary>
internal sealed record TokenBody(string AuthToken);
