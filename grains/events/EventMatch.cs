namespace Laurel.Grains;

/// <summary>An event that is worth something on a board.</summary>
/// <param name="Request">Where it came in.</param>
/// <param name="Offset">Where it begins in the request's events.</param>
/// <param name="Position">Its own.</param>
/// <param name="Timestamp">When it happened, at the latest when it was accepted; microseconds since the Unix epoch.</param>
/// <param name="Points">Its contribution.</param>
internal readonly record struct EventMatch(AcceptedEvents Request, int Offset, long Position, long Timestamp, double Points);
