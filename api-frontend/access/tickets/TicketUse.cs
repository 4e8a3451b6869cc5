namespace Laurel.ApiFrontend;

/// <summary>The ticket that a request was admitted by: a feature of the request.</summary>
/// <param name="KeyId">Whose ticket it is.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Stream">The name of the stream that it opens; the ids of the stream's events begin with it.</param>
/// <param name="RequestId">Which use of the ticket it is.</param>
internal sealed record TicketUse(string KeyId, byte[] Hash, string Stream, Guid RequestId);
