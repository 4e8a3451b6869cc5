using System.Security.Cryptography;
using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <inheritdoc cref="ITickets"/>
public class Tickets(ActivationContext context) : ITickets, IActivation
{
    /// <summary>Open tickets of one key; the oldest give way.</summary>
    private const int MostTickets = 20_000;

    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int StreamLength = 16;

    private static readonly TimeSpan Unused = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Broken = TimeSpan.FromMinutes(10);

    /// <summary>A stream whose gateway died without a word.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromHours(12);

    private readonly OrderedDictionary<string, Ticket> _tickets = [];

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<Acknowledgement> IssueAsync(IssueTicket request)
    {
        ForgetExpired();
        MakeRoom();
        _tickets.TryAdd(NameOf(request.Hash), new Ticket(Expiry(Unused)));
        return Task.FromResult(Acknowledgement.Ok);
    }

    /// <inheritdoc/>
    public Task<TicketOutcome> RedeemAsync(RedeemTicket request)
    {
        var now = context.Clock.GetUtcNow();
        var name = NameOf(request.Hash);
        if (!_tickets.TryGetValue(name, out var ticket) || ticket.Expires <= now)
            return Task.FromResult(new TicketOutcome(OutcomeStatus.NotFound));
        if (ticket.Request == request.RequestId)
            return Task.FromResult(new TicketOutcome(OutcomeStatus.Ok, ticket.Stream));
        if (ticket.Stream is not null && ticket.Stream != request.Stream)
            return Task.FromResult(new TicketOutcome(OutcomeStatus.NotFound));

        var stream = ticket.Stream ?? RandomNumberGenerator.GetString(Letters, StreamLength);
        _tickets[name] = new Ticket(Expiry(Silent), stream, request.RequestId);
        return Task.FromResult(new TicketOutcome(OutcomeStatus.Ok, stream));
    }

    /// <inheritdoc/>
    public Task<Acknowledgement> ReturnAsync(ReturnTicket request)
    {
        var name = NameOf(request.Hash);
        var isKnown = _tickets.TryGetValue(name, out var ticket);
        if ((ticket?.Stream ?? request.Stream) is not { } stream)
            return Task.FromResult(Acknowledgement.Ok);
        // The server may notice a break long after the client has reopened the stream.
        var isReopened = isKnown && ticket!.Request != request.RequestId && request.RequestId != default;
        if (isReopened && !request.IsOpen)
            return Task.FromResult(Acknowledgement.Ok);

        if (!isKnown)
            MakeRoom();
        // Who used it last is kept: a repeat of that request must not be taken for another.
        _tickets[name] = new Ticket(Expiry(request.IsOpen ? Silent : Broken), stream, ticket?.Stream is null ? request.RequestId : ticket.Request);
        return Task.FromResult(Acknowledgement.Ok);
    }

    private static string NameOf(byte[] hash) => Convert.ToHexString(hash);

    private DateTimeOffset Expiry(TimeSpan from) => context.Clock.GetUtcNow() + from;

    private void MakeRoom()
    {
        if (_tickets.Count >= MostTickets)
            _tickets.RemoveAt(0);
    }

    /// <summary>The oldest that are expired; a young one among old open streams waits for its turn.</summary>
    private void ForgetExpired()
    {
        var now = context.Clock.GetUtcNow();
        while (_tickets.Count > 0 && _tickets.GetAt(0).Value.Expires <= now)
            _tickets.RemoveAt(0);
    }

    /// <summary>One ticket.</summary>
    /// <param name="Stream">The stream it has opened; null until it is used.</param>
    /// <param name="Request">Which request used it last.</param>
    private sealed record Ticket(DateTimeOffset Expires, string? Stream = null, Guid Request = default);
}
