namespace Laurel.ApiFrontend.Phoenix;

/// <summary>An event that is durable.</summary>
/// <param name="Status">accepted; within a list also duplicate.</param>
internal sealed record EventAcceptedBody(string Status, string EventId);
