using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Laurel.GrainInterfaces;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Laurel.ApiFrontend;

/// <summary>
/// Tokens stand for client keys for two hours: JWTs, HS256, signed with the one secret that all nodes share. A token is as good as its
/// key: when that is revoked, the token ends within a second.
/// </summary>
internal sealed class TokenOffice(IGrainPort port, KeyRing keys, TimeProvider clock)
{
    private const string Issuer = "laurel";
    private const string Audience = "leaderboardapi";
    private const string TenantClaim = "tenant";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(120);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private volatile SymmetricSecurityKey? _secret;

    /// <summary>Makes a token for a client key; null when the secret cannot be had.</summary>
    public async Task<string?> IssueAsync(Caller client)
    {
        if (await SecretAsync() is not { } secret)
            return null;
        var now = clock.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            Expires = now + Lifetime,
            Subject = new ClaimsIdentity([new Claim(JwtRegisteredClaimNames.Sub, client.KeyId), new Claim(TenantClaim, client.Tenant!)]),
            SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Whether key, client id and client secret belong together.</summary>
    public async ValueTask<KeyVerdict> VerifyClientAsync(string? key, string? clientId, string? clientSecret)
    {
        var verdict = await keys.VerifyAsync(key);
        if (verdict.Caller is not { } caller || caller.Kind != KeyKinds.Client || clientId is null || clientSecret is null or { Length: > ApiKeyText.MaxLength })
            return verdict.Unavailable ? verdict : KeyVerdict.Unknown;
        var isId = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(clientId), Encoding.UTF8.GetBytes(caller.ClientId!));
        var isSecret = CryptographicOperations.FixedTimeEquals(ApiKeyText.Hash(clientSecret), caller.ClientSecretHash!);
        return isId & isSecret ? verdict : KeyVerdict.Unknown;
    }

    /// <summary>Whose token it is.</summary>
    public async ValueTask<KeyVerdict> VerifyAsync(string? token)
    {
        if (token is null or { Length: > 4096 })
            return KeyVerdict.Unknown;
        if (await SecretAsync() is not { } secret)
            return KeyVerdict.Undecided;
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = secret,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid || Claim(result, JwtRegisteredClaimNames.Sub) is not { } keyId)
            return KeyVerdict.Unknown;
        var verdict = await keys.FindAsync(keyId);
        return verdict.Caller is not { } caller || caller.Tenant == Claim(result, TenantClaim) ? verdict : KeyVerdict.Unknown;
    }

    private static string? Claim(TokenValidationResult result, string name) => result.Claims.TryGetValue(name, out var value) ? value as string : null;

    private async ValueTask<SymmetricSecurityKey?> SecretAsync()
    {
        if (_secret is { } known)
            return known;
        var outcome = await port.CallAsync<ITokenKey, GetTokenKey, TokenKeyOutcome>(
            ITokenKey.Key, static (grain, request) => grain.GetAsync(request), new GetTokenKey());
        return outcome.Secret is { } secret ? _secret = new SymmetricSecurityKey(secret) : null;
    }
}
