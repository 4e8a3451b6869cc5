namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Events that are durable.</summary>
/// <param name="Status">accepted.</param>
/// <param name="Accepted">How many are new.</param>
/// <param name="Duplicates">How many were accepted before.</param>
/// <param name="Results">One per event, in order.</param>
internal sealed record EventsAcceptedBody(string Status, int Accepted, int Duplicates, IReadOnlyList<EventAcceptedBody> Results);
