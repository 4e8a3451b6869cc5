namespace Laurel.Standalone.Commands;

/// <summary>One score to be imported.</summary>
/// <param name="UserId">A valid user id.</param>
/// <param name="Score">Finite.</param>
/// <param name="Timestamp">When it was achieved, microseconds since the Unix epoch; null for the moment of its import.</param>
/// <param name="Name">Null when the source says none.</param>
/// <param name="Metadata">The text of a JSON object, or null.</param>
internal sealed record ScoreLine(string UserId, double Score, long? Timestamp, string? Name, string? Metadata);
