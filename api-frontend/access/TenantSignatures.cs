using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>
/// Verifies what tenants sign with their secret: HMAC-SHA256, presented as <c>hmac-sha256=&lt;hex&gt;</c>. A secret is asked for at most
/// once in <see cref="FrontendOptions.KeyFreshness"/>, so that a rotated one ends within a second.
/// </summary>
internal sealed class TenantSignatures(IGrainPort port, TimeProvider clock, IOptions<FrontendOptions> options)
{
    private const string Scheme = "hmac-sha256=";

    /// <summary>How far a timestamp may be from now, in seconds.</summary>
    private const long Tolerance = 300;

    private readonly ConcurrentDictionary<string, HeldSecret> _held = new(StringComparer.Ordinal);

    /// <summary>Makes a secret: 256 bits, as text.</summary>
    public static string MakeSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The signature with its scheme, where it stands without.</summary>
    public static string WithScheme(string signature) => signature.Contains('=') ? signature : Scheme + signature;

    /// <summary>Whether the tenant has signed this, which is the caller then.</summary>
    /// <param name="tenant">Any text.</param>
    /// <param name="timestamp">Unix seconds, as presented; part of what is signed.</param>
    /// <param name="signature">As presented.</param>
    /// <param name="signed">All that is signed, in UTF-8.</param>
    public async ValueTask<KeyVerdict> VerifyAsync(string tenant, string timestamp, string signature, ReadOnlyMemory<byte> signed)
    {
        if (!Slug.IsValid(tenant) || !IsTimely(timestamp, out _) || HexOf(signature) is not { } presented)
            return KeyVerdict.Unknown;
        var (held, status) = await FindAsync(tenant);
        if (held is null)
            return status == OutcomeStatus.NotFound ? KeyVerdict.Unknown : KeyVerdict.Undecided;
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(held.Secret, signed.Span), presented)
            ? KeyVerdict.Of(held.Signer)
            : KeyVerdict.Unknown;
    }

    /// <summary>
    /// Whether the secret that a caller signed with is still the tenant's: for connections that outlive their verification. While nobody
    /// can say, the one that was known last holds for as long as the grace of keys.
    /// </summary>
    public async ValueTask<KeyVerdict> JudgeAsync(Caller signer)
    {
        var (held, status) = await FindAsync(signer.Tenant!);
        if (held is null && status != OutcomeStatus.NotFound)
        {
            if (!_held.TryGetValue(signer.Tenant!, out held) || clock.GetElapsedTime(held.AskedAt) >= options.Value.KeyGrace)
                return KeyVerdict.Undecided;
        }

        return held?.Signer.SignedWith == signer.SignedWith ? KeyVerdict.Of(signer) : KeyVerdict.Unknown;
    }

    /// <summary>Uses a verified signature up, on every gateway.</summary>
    /// <returns>False when it was used before, null when nobody can say.</returns>
    public async Task<bool?> UseAsync(string tenant, string timestamp, string signature)
    {
        IsTimely(timestamp, out var seconds);
        var used = await port.CallAsync(
            tenant,
            static (ITenant grain, UseSignature request) => grain.UseSignatureAsync(request),
            new UseSignature(Convert.ToHexStringLower(HexOf(signature)!), seconds, RequestIds.Next()));
        return used.Status switch
        {
            OutcomeStatus.Ok => true,
            OutcomeStatus.Conflict => false,
            _ => null,
        };
    }

    /// <summary>Makes the next request ask for the secret again; for the frontend that has just rotated it.</summary>
    public void Forget(string tenant) => _held.TryRemove(tenant, out _);

    private static byte[]? HexOf(string signature) =>
        signature.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && signature.Length == Scheme.Length + 2 * HMACSHA256.HashSizeInBytes
        && signature.AsSpan(Scheme.Length).ContainsAnyExcept("0123456789abcdefABCDEF") is false
            ? Convert.FromHexString(signature.AsSpan(Scheme.Length))
            : null;

    private bool IsTimely(string timestamp, out long seconds) =>
        long.TryParse(timestamp, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out seconds)
        && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Tolerance;

    private async ValueTask<(HeldSecret? Held, OutcomeStatus Status)> FindAsync(string tenant)
    {
        if (_held.TryGetValue(tenant, out var held) && clock.GetElapsedTime(held.AskedAt) < options.Value.KeyFreshness)
            return (held, OutcomeStatus.Ok);

        var askedAt = clock.GetTimestamp();
        var answer = await port.CallAsync(
            tenant, static (ITenant grain, GetTenantSecret request) => grain.GetSecretAsync(request), new GetTenantSecret());
        if (answer is not { Status: OutcomeStatus.Ok, Secret: { } text })
        {
            if (answer.Status == OutcomeStatus.NotFound)
                _held.TryRemove(tenant, out _);
            return (null, answer.Status);
        }

        // Only tenants that have a secret are remembered; there are as many as an operator has made.
        if (_held.Count >= options.Value.KeyCacheSize)
            _held.Clear();
        var secret = Encoding.UTF8.GetBytes(text);
        _held[tenant] = held = new HeldSecret(secret, Caller.OfTenant(tenant, secret), askedAt);
        return (held, OutcomeStatus.Ok);
    }

    private sealed record HeldSecret(byte[] Secret, Caller Signer, long AskedAt);
}
