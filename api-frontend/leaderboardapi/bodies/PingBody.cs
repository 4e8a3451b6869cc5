namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>Whether the server can serve.</summary>
internal sealed record PingBody(string Status);
