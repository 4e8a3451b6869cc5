namespace Laurel.GrainInterfaces;

/// <summary>Lists what there is, read from the store page by page; holds nothing. One grain, key: <see cref="Key"/>.</summary>
public interface IDirectory : IGrain
{
    /// <summary>The key of the one directory.</summary>
    const string Key = "directory";

    /// <summary>Tenants by id.</summary>
    Task<TenantListOutcome> ListTenantsAsync(ListTenants request);

    /// <summary>Leaderboards by tenant and id.</summary>
    Task<LeaderboardListOutcome> ListLeaderboardsAsync(ListLeaderboards request);

    /// <summary>API keys of a tenant by id.</summary>
    Task<ApiKeyListOutcome> ListApiKeysAsync(ListApiKeys request);

    /// <summary>A tenant's teams by id.</summary>
    Task<TeamListOutcome> ListTeamsAsync(ListTeams request);

    /// <summary>A number that is another one after any API key has been revoked, whoever's.</summary>
    Task<KeysVersion> GetKeysVersionAsync(GetKeysVersion request);

    /// <summary>Whether the store answers.</summary>
    Task<Acknowledgement> CheckStoreAsync(CheckStore request);
}

/// <summary>Asks for tenants.</summary>
public sealed record ListTenants(int Offset, int Limit);

/// <summary>Asks for leaderboards.</summary>
/// <param name="Tenant">Null for all tenants'.</param>
public sealed record ListLeaderboards(string? Tenant, int Offset, int Limit);

/// <summary>Asks for a tenant's API keys.</summary>
public sealed record ListApiKeys(string Tenant, int Offset, int Limit);

/// <summary>Asks for a tenant's teams.</summary>
/// <param name="After">The id of the team before the page; null for the one that the offset tells.</param>
public sealed record ListTeams(string Tenant, int Offset, int Limit, string? After = null);

/// <summary>Asks whether any API key was revoked.</summary>
public sealed record GetKeysVersion;

/// <summary>Asks whether the store answers.</summary>
public sealed record CheckStore;

/// <summary>A page of tenants.</summary>
public sealed record TenantListOutcome(OutcomeStatus Status, int Total = 0, IReadOnlyList<TenantRecord>? Tenants = null) : IOutcome<TenantListOutcome>
{
    /// <inheritdoc/>
    public static TenantListOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>A page of leaderboards.</summary>
public sealed record LeaderboardListOutcome(OutcomeStatus Status, int Total = 0, IReadOnlyList<LeaderboardRecord>? Leaderboards = null)
    : IOutcome<LeaderboardListOutcome>
{
    /// <inheritdoc/>
    public static LeaderboardListOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>A page of API keys.</summary>
public sealed record ApiKeyListOutcome(OutcomeStatus Status, int Total = 0, IReadOnlyList<ApiKeyRecord>? Keys = null) : IOutcome<ApiKeyListOutcome>
{
    /// <inheritdoc/>
    public static ApiKeyListOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>A page of teams.</summary>
/// <param name="Total">How many there are; 0 on a page after a team.</param>
public sealed record TeamListOutcome(OutcomeStatus Status, int Total = 0, IReadOnlyList<TeamRecord>? Teams = null) : IOutcome<TeamListOutcome>
{
    /// <inheritdoc/>
    public static TeamListOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>While this version lasts no API key is revoked.</summary>
/// <param name="Version">Grows with every revocation.</param>
public sealed record KeysVersion(OutcomeStatus Status, long Version = 0) : IOutcome<KeysVersion>
{
    /// <inheritdoc/>
    public static KeysVersion Failed(OutcomeStatus status) => new(status);
}
