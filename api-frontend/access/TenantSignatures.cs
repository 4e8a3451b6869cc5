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

    private readonly ConcurrentDictionary<string, (byte[] Secret, long AskedAt)> _held = new(StringComparer.Ordinal);

    /// <summary>Makes a secret: 256 bits, as text.</summary>
    public static string MakeSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The signature with its scheme, where it stands without.</summary>
    public static string WithScheme(string signature) => signature.Contains('=') ? signature : Scheme + signature;

    /// <summary>Whether the tenant has signed this.</summary>
    /// <param name="tenant">Any text.</param>
    /// <param name="timestamp">Unix seconds, as presented; part of what is signed.</param>
    /// <param name="signature">As presented.</param>
    /// <param name="signed">All that is signed, in UTF-8.</param>
    /// <returns>Null when nobody can say.</returns>
    public async ValueTask<bool?> VerifyAsync(string tenant, string timestamp, string signature, ReadOnlyMemory<byte> signed)
    {
        if (!Slug.IsValid(tenant) || !IsTimely(timestamp, out _) || HexOf(signature) is not { } presented)
            return false;
        var (secret, status) = await FindAsync(tenant);
        if (secret is null)
            return status == OutcomeStatus.NotFound ? false : null;
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, signed.Span), presented);
    }

    /// <summary>Uses a verified signature up, on every gateway.</summary>
    /// <returns>False when it was used before, null when nobody can say.</returns>
    public async Task<bool?> UseAsync(string tenant, string timestamp, string signature)
    {
        IsTimely(timestamp, out var seconds);
        var used = await port.CallAsync(
            tenant,
            static (ITenant grain, UseSignature request) => grain.UseSignatureAsync(request),
            new UseSignature(Convert.ToHexStringLower(HexOf(signature)!), seconds, Guid.NewGuid()));
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

    private async ValueTask<(byte[]? Secret, OutcomeStatus Status)> FindAsync(string tenant)
    {
        if (_held.TryGetValue(tenant, out var held) && clock.GetElapsedTime(held.AskedAt) < options.Value.KeyFreshness)
            return (held.Secret, OutcomeStatus.Ok);

        var askedAt = clock.GetTimestamp();
        var answer = await port.CallAsync(
            tenant, static (ITenant grain, GetTenantSecret request) => grain.GetSecretAsync(request), new GetTenantSecret());
        if (answer is not { Status: OutcomeStatus.Ok, Secret: { } text })
        {
            _held.TryRemove(tenant, out _);
            return (null, answer.Status);
        }

        // Only tenants that have a secret are remembered; there are as many as an operator has made.
        if (_held.Count >= options.Value.KeyCacheSize)
            _held.Clear();
        var secret = Encoding.UTF8.GetBytes(text);
        _held[tenant] = (secret, askedAt);
        return (secret, OutcomeStatus.Ok);
    }
}
