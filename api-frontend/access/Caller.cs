using System.Globalization;
using System.Security.Cryptography;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// Whoever sent a request, as their key says. A feature of the request (<c>context.Features.Get&lt;Caller&gt;()</c>) once it has been
/// admitted; shared by all requests with the same key.
/// </summary>
internal sealed class Caller
{
    // Of the configured admin key, which has no record. Shorter than any generated id.
    private const string ConfiguredAdminId = "admin";

    private readonly IReadOnlyList<string> _scopes;
    private readonly IReadOnlyList<string> _origins;

    private Caller(KeyKinds kind, string keyId, RateLimitTerms terms, IReadOnlyList<string> scopes, IReadOnlyList<string> origins)
    {
        (Kind, KeyId, RateLimit, _scopes, _origins) = (kind, keyId, terms, scopes, origins);
        RateLimitText = terms.Requests.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The configured admin key.</summary>
    public static Caller ConfiguredAdmin { get; } =
        new(KeyKinds.Admin, ConfiguredAdminId, KeyKindNames.UsualTerms(KeyKinds.Admin), [], []);

    /// <summary>One kind.</summary>
    public KeyKinds Kind { get; }

    /// <summary>The key's public id.</summary>
    public string KeyId { get; }

    /// <summary>Null for admin keys.</summary>
    public string? Tenant { get; private init; }

    /// <summary>SHA-256, in hexadecimal digits, of the secret that a tenant signed with; null for those who showed a key.</summary>
    public string? SignedWith { get; private init; }

    /// <summary>Of client keys.</summary>
    public string? ClientId { get; private init; }

    /// <summary>SHA-256 of a client key's secret.</summary>
    public byte[]? ClientSecretHash { get; private init; }

    /// <summary>The one board the key is bound to, or null.</summary>
    public LeaderboardKey? Board { get; private init; }

    /// <summary>How many requests it may make.</summary>
    public RateLimitTerms RateLimit { get; }

    /// <summary>The number of them, as headers say it.</summary>
    public string RateLimitText { get; }

    /// <summary>A tenant that signs its requests with that secret: may do in itself what any tenant key can be allowed.</summary>
    public static Caller OfTenant(string tenant, ReadOnlySpan<byte> secret) =>
        new(KeyKinds.Tenant, $"hmac:{tenant}", KeyKindNames.UsualTerms(KeyKinds.Tenant), Scopes.All, [])
        {
            Tenant = tenant,
            SignedWith = Convert.ToHexStringLower(SHA256.HashData(secret)),
        };

    /// <summary>The owner of a key; null when the record is of a kind this version does not know.</summary>
    public static Caller? Of(ApiKeyRecord record)
    {
        var kind = KeyKindNames.Parse(record.Kind);
        if (kind == KeyKinds.None)
            return null;

        return new Caller(kind, record.KeyId, record.RateLimit, record.Scopes, record.Origins)
        {
            Tenant = record.TenantId,
            ClientId = record.ClientId,
            ClientSecretHash = record.ClientSecretHash,
            Board = record is { TenantId: { } tenant, LeaderboardId: { } board } ? new LeaderboardKey(tenant, board) : null,
        };
    }

    /// <summary>Whether an admin key, or a tenant key with that scope; writing leaderboards includes reading them.</summary>
    public bool Has(string scope)
    {
        if (Kind == KeyKinds.Admin)
            return true;
        return Kind == KeyKinds.Tenant
            && (Contains(_scopes, scope) || (scope == Scopes.LeaderboardsRead && Contains(_scopes, Scopes.LeaderboardsWrite)));
    }

    /// <summary>Whether the key reaches into that tenant at all.</summary>
    public bool Reaches(string tenant) => Kind == KeyKinds.Admin || tenant == Tenant;

    /// <summary>Whether the key reaches that board: its tenant's, and the one it is bound to if it is bound.</summary>
    public bool Reaches(string tenant, string board) => Reaches(tenant) && (Board is not { } bound || bound.Board == board);

    /// <summary>Whether a browser at that origin may use the key. Requests without an origin come from no browser and are not refused.</summary>
    public bool AllowsOrigin(string? origin)
    {
        if (_origins.Count == 0 || string.IsNullOrEmpty(origin))
            return true;
        for (var i = 0; i < _origins.Count; i++)
        {
            if (_origins[i].Equals(origin, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool Contains(IReadOnlyList<string> list, string text)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == text)
                return true;
        }

        return false;
    }
}
