namespace Laurel.ApiFrontend.Rankora;

/// <summary>An entry was made or changed.</summary>
/// <param name="Rank">Null when the board does not list the entry.</param>
internal sealed record SubmittedBody(bool Success, string PlayerId, int? Rank);
