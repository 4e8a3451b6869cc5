namespace Laurel.GrainInterfaces;

/// <summary>
/// The tickets of one API key, by which browsers open a stream without showing the key. In memory alone: after a crash they are void, and
/// a page asks for another. Key: the key's id.
/// </summary>
public interface ITickets : IGrain
{
    /// <summary>Keeps a ticket that was just made, for a minute.</summary>
    Task<Acknowledgement> IssueAsync(IssueTicket request);

    /// <summary>Opens a stream with an unused ticket; or reopens the stream that it opened, until ten minutes after its break. NotFound when it is neither.</summary>
    Task<TicketOutcome> RedeemAsync(RedeemTicket request);

    /// <summary>Says that the ticket's stream is broken, or that it is still open. A ticket forgotten meanwhile is known again.</summary>
    Task<Acknowledgement> ReturnAsync(ReturnTicket request);
}

/// <summary>Keeps a ticket.</summary>
/// <param name="Hash">SHA-256 of its text.</param>
public sealed record IssueTicket(byte[] Hash);

/// <summary>Uses a ticket.</summary>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat is answered like the first.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Stream">The name of the stream whose last event the caller has; null for none. It matters to a used ticket alone.</param>
public sealed record RedeemTicket(Guid RequestId, byte[] Hash, string? Stream);

/// <summary>A stream is broken, or still open.</summary>
/// <param name="Hash">SHA-256 of the ticket's text.</param>
/// <param name="Stream">The stream's name; null from releases that did not say.</param>
/// <param name="RequestId">Which use of the ticket opened it: a break counts unless the stream has been reopened since. Empty from releases that did not say.</param>
/// <param name="IsOpen">Whether it is still open.</param>
public sealed record ReturnTicket(byte[] Hash, string? Stream = null, Guid RequestId = default, bool IsOpen = false);

/// <summary>A ticket's stream, or why there is none.</summary>
/// <param name="Stream">A name that nobody can guess: whoever can say it has read from the stream.</param>
public sealed record TicketOutcome(OutcomeStatus Status, string? Stream = null) : IOutcome<TicketOutcome>
{
    /// <inheritdoc/>
    public static TicketOutcome Failed(OutcomeStatus status) => new(status);
}
