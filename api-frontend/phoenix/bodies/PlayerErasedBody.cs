namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Says that nothing is kept of a player any more.</summary>
internal sealed record PlayerErasedBody(string UserId, bool Erased);
