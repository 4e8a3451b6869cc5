namespace Laurel.ApiFrontend.Rankora;

/// <summary>A leaderboard.</summary>
internal sealed record BoardBody(string Id, string Name, string SortOrder, int TotalEntries);
