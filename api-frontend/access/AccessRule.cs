using Microsoft.AspNetCore.Builder;

namespace Laurel.ApiFrontend;

/// <summary>Who may use a route. Every route of a dialect has one as metadata; without it the route answers nobody.</summary>
/// <param name="Kinds">Kinds of keys that may; None makes the route public.</param>
/// <param name="Scope">What a tenant key must be allowed besides, or null.</param>
internal sealed record AccessRule(KeyKinds Kinds, string? Scope)
{
    /// <summary>The route parameter that names a tenant: a key must reach into it.</summary>
    public const string TenantParameter = "tenant_id";

    /// <summary>The route parameter that names a board: a key bound to a board must be bound to this one.</summary>
    public const string LeaderboardParameter = "leaderboard_id";

    /// <summary>Whether the key may stand in the query, for browsers' APIs that cannot set headers.</summary>
    public bool TakesKeyInQuery { get; init; }

    /// <summary>Whether a ticket in the query stands for the key that got it.</summary>
    public bool TakesTicket { get; init; }

    /// <summary>Whether a token in <c>Authorization: Bearer</c> stands for the client key that got it; a key does not.</summary>
    public bool TakesToken { get; init; }

    /// <summary>Whether a request without any <c>Authorization</c> is served too, without a caller.</summary>
    public bool TakesStrangers { get; init; }

    /// <summary>Whether requests beyond the tenant's plan are refused. All are counted.</summary>
    public bool KeepsPlan { get; init; }

    /// <summary>Needs no key.</summary>
    public static readonly AccessRule Public = new(KeyKinds.None, null);
}

/// <summary>How routes get their rules.</summary>
internal static class AccessRuleExtensions
{
    /// <summary>
    /// Admits keys of these kinds, within their rate limit, to their own tenant and board (route parameters <c>tenant_id</c> and
    /// <c>leaderboard_id</c>), from their allowed origins; tenant keys need the scope as well. All this is decided before the handler
    /// runs, so before anything is known to exist.
    /// </summary>
    public static TBuilder Admit<TBuilder>(this TBuilder builder, KeyKinds kinds, string? scope = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(kinds, scope));

    /// <summary>The same for what browsers open without headers: the key may be <c>access_token</c> or <c>key</c> in the query.</summary>
    public static TBuilder AdmitInQuery<TBuilder>(this TBuilder builder, KeyKinds kinds, string? scope = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(kinds, scope) { TakesKeyInQuery = true });

    /// <summary>Admits everyone.</summary>
    public static TBuilder AdmitEveryone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(AccessRule.Public);
}
