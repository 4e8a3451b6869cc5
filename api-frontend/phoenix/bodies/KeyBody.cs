using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>An API key as the API shows it: without secrets.</summary>
internal record KeyBody(
    string KeyId,
    string Kind,
    string? TenantId,
    string? Name,
    string? LeaderboardId,
    IReadOnlyList<string>? Scopes,
    RateLimitTerms RateLimit,
    IReadOnlyList<string>? Origins,
    string? ClientId,
    DateTimeOffset CreatedAt)
{
    public static KeyBody Of(ApiKeyRecord record) => new(record);

    protected KeyBody(ApiKeyRecord record)
        : this(
            record.KeyId,
            record.Kind,
            record.TenantId,
            record.Name,
            record.LeaderboardId,
            record.Scopes.Count > 0 ? record.Scopes : null,
            record.RateLimit,
            record.Origins.Count > 0 ? record.Origins : null,
            record.ClientId,
            WholeSeconds.Of(record.CreatedAt))
    {
    }
}
