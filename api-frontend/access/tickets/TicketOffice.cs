using System.Security.Cryptography;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>
/// Tickets stand for keys where browsers can show none: <c>lrt_&lt;key id&gt;_&lt;secret&gt;</c>, good for one stream within a minute,
/// and for reopening that stream when it breaks, by whoever names the last event that was read from it.
/// </summary>
internal sealed class TicketOffice(IGrainPort port, KeyRing keys, TimeProvider clock)
{
    /// <summary>How long a ticket is good, in seconds.</summary>
    public const int Seconds = 60;

    /// <summary>So often the tickets of open streams are told of: a grain that nobody calls is unloaded, and its tickets with it.</summary>
    private static readonly TimeSpan HoldEvery = TimeSpan.FromMinutes(5);

    private const string Prefix = "lrt_";
    private const int SecretLength = 43;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Makes a ticket; null when it cannot be kept.</summary>
    public async Task<string?> IssueAsync(Caller caller)
    {
        var text = $"{Prefix}{caller.KeyId}_{RandomNumberGenerator.GetString(Letters, SecretLength)}";
        var kept = await port.CallAsync<ITickets, IssueTicket, Acknowledgement>(
            caller.KeyId, static (tickets, request) => tickets.IssueAsync(request), new IssueTicket(ApiKeyText.Hash(text)));
        return kept.Status == OutcomeStatus.Ok ? text : null;
    }

    /// <summary>Whose ticket it is, which it uses up. The request gets a <see cref="TicketUse"/>.</summary>
    public async ValueTask<KeyVerdict> RedeemAsync(HttpContext context, string? text)
    {
        if (!TryParse(text, out var keyId))
            return KeyVerdict.Unknown;
        // Ids that mean nothing must not wake a grain each.
        var verdict = await keys.FindAsync(keyId);
        if (verdict.Caller is null)
            return verdict;

        var hash = ApiKeyText.Hash(text!);
        var requestId = RequestIds.Next();
        var outcome = await port.CallAsync<ITickets, RedeemTicket, TicketOutcome>(
            keyId, static (tickets, request) => tickets.RedeemAsync(request), new RedeemTicket(requestId, hash, StreamOf(context.Request)));
        if (outcome.Status != OutcomeStatus.Ok)
            return outcome.Status == OutcomeStatus.NotFound ? KeyVerdict.Unknown : KeyVerdict.Undecided;
        context.Features.Set(new TicketUse(keyId, hash, outcome.Stream!, requestId));
        return verdict;
    }

    /// <summary>Whether the text looks like a ticket.</summary>
    public static bool IsTicket(string? text) => TryParse(text, out _);

    /// <summary>Whose ticket it says it is, without a look at whether it is good.</summary>
    public ValueTask<KeyVerdict> FindAsync(string? text) => TryParse(text, out var keyId) ? keys.FindAsync(keyId) : new(KeyVerdict.Unknown);

    /// <summary>Runs the stream that a ticket opened: the ticket is kept meanwhile, and for ten minutes after.</summary>
    public async Task<T> HoldAsync<T>(TicketUse ticket, Func<Task<T>> stream)
    {
        using var ended = new CancellationTokenSource();
        var holding = HoldUntilAsync(ticket, ended.Token);
        try
        {
            return await stream();
        }
        finally
        {
            await ended.CancelAsync();
            await holding;
            await ReturnAsync(ticket, isOpen: false);
        }
    }

    private async Task HoldUntilAsync(TicketUse ticket, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(HoldEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
                await ReturnAsync(ticket, isOpen: true);
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    private Task<Acknowledgement> ReturnAsync(TicketUse ticket, bool isOpen) => port.CallAsync<ITickets, ReturnTicket, Acknowledgement>(
        ticket.KeyId, static (tickets, request) => tickets.ReturnAsync(request), new ReturnTicket(ticket.Hash, ticket.Stream, ticket.RequestId, isOpen));

    private static string? StreamOf(HttpRequest request) =>
        request.Headers["Last-Event-ID"] is { Count: 1 } values && values[0]!.IndexOf('.') is > 0 and var end ? values[0]![..end] : null;

    private static bool TryParse(string? text, out string keyId)
    {
        keyId = "";
        if (text is null || text.Length > ApiKeyText.MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var end = text.LastIndexOf('_');
        if (end <= Prefix.Length || text.Length - end - 1 != SecretLength)
            return false;
        keyId = text[Prefix.Length..end];
        return keyId.All(char.IsAsciiLetterOrDigit);
    }
}
