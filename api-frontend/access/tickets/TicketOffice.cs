using System.Security.Cryptography;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>
/// Tickets stand for keys where browsers can show none: <c>lrt_&lt;key id&gt;_&lt;secret&gt;</c>, good for one stream within a minute,
/// and for reopening that stream when it breaks, by whoever names the last event that was read from it.
/// </summary>
internal sealed class TicketOffice(IGrainPort port, KeyRing keys)
{
    /// <summary>How long a ticket is good, in seconds.</summary>
    public const int Seconds = 60;

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
        var outcome = await port.CallAsync<ITickets, RedeemTicket, TicketOutcome>(
            keyId, static (tickets, request) => tickets.RedeemAsync(request), new RedeemTicket(Guid.NewGuid(), hash, StreamOf(context.Request)));
        if (outcome.Status != OutcomeStatus.Ok)
            return outcome.Status == OutcomeStatus.NotFound ? KeyVerdict.Unknown : KeyVerdict.Undecided;
        context.Features.Set(new TicketUse(keyId, hash, outcome.Stream!));
        return verdict;
    }

    /// <summary>Whether the text looks like a ticket.</summary>
    public static bool IsTicket(string? text) => TryParse(text, out _);

    /// <summary>Whose ticket it says it is, without a look at whether it is good.</summary>
    public ValueTask<KeyVerdict> FindAsync(string? text) => TryParse(text, out var keyId) ? keys.FindAsync(keyId) : new(KeyVerdict.Unknown);

    /// <summary>The stream is broken: for ten minutes it can be reopened.</summary>
    public Task ReturnAsync(TicketUse ticket) => port.CallAsync<ITickets, ReturnTicket, Acknowledgement>(
        ticket.KeyId, static (tickets, request) => tickets.ReturnAsync(request), new ReturnTicket(ticket.Hash));

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
