namespace Laurel.GrainInterfaces;

/// <summary>One API key. Key: the key's id.</summary>
public interface IApiKey : IGrain
{
    /// <summary>Stores a key just made; Conflict when the id is taken.</summary>
    Task<ApiKeyOutcome> CreateAsync(CreateApiKey request);

    /// <summary>Its record, the hash included; NotFound when it was never made or has been revoked.</summary>
    Task<ApiKeyOutcome> GetAsync(GetApiKey request);

    /// <summary>Revokes it and returns what it was. NotFound when it is not the tenant's.</summary>
    Task<ApiKeyOutcome> RevokeAsync(RevokeApiKey request);
}

/// <summary>What Laurel keeps of a key: never its text.</summary>
/// <param name="KeyId">Public; part of the key's text.</param>
/// <param name="Kind">admin, tenant, game, board, client or embed.</param>
/// <param name="TenantId">Null for admin keys.</param>
/// <param name="Name">For people; may be null.</param>
/// <param name="LeaderboardId">The one board it is bound to, or null.</param>
/// <param name="Scopes">What a tenant key may do.</param>
/// <param name="RateLimit">Its limit.</param>
/// <param name="Origins">Browser origins it may be used from; empty for any.</param>
/// <param name="Hash">SHA-256 of the key's text.</param>
/// <param name="ClientId">Of client keys.</param>
/// <param name="ClientSecretHash">SHA-256 of a client key's secret.</param>
public sealed record ApiKeyRecord(
    string KeyId,
    string Kind,
    string? TenantId,
    string? Name,
    string? LeaderboardId,
    IReadOnlyList<string> Scopes,
    RateLimitTerms RateLimit,
    IReadOnlyList<string> Origins,
    byte[] Hash,
    string? ClientId,
    byte[]? ClientSecretHash,
    DateTimeOffset CreatedAt);

/// <summary>How many requests a key may make.</summary>
/// <param name="Requests">In any interval of <paramref name="Seconds"/> seconds.</param>
public sealed record RateLimitTerms(int Requests, int Seconds);

/// <summary>Stores a key.</summary>
public sealed record CreateApiKey(ApiKeyRecord Record);

/// <summary>Asks for the record.</summary>
public sealed record GetApiKey;

/// <summary>Revokes the key.</summary>
/// <param name="TenantId">Whose it must be.</param>
public sealed record RevokeApiKey(string? TenantId);

/// <summary>A key, or why there is none.</summary>
public sealed record ApiKeyOutcome(OutcomeStatus Status, ApiKeyRecord? Record = null) : IOutcome<ApiKeyOutcome>
{
    /// <inheritdoc/>
    public static ApiKeyOutcome Failed(OutcomeStatus status) => new(status);
}
