namespace Laurel.GrainInterfaces;

/// <summary>One tenant. Key: its id.</summary>
public interface ITenant : IGrain
{
    /// <summary>Creates it; Conflict when it exists.</summary>
    Task<TenantOutcome> CreateAsync(CreateTenant request);

    /// <summary>Its record; NotFound when there is none.</summary>
    Task<TenantOutcome> GetAsync(GetTenant request);

    /// <summary>Changes what is not null.</summary>
    Task<TenantOutcome> UpdateAsync(UpdateTenant request);

    /// <summary>Deletes it: its keys are revoked and its boards deleted before this answers.</summary>
    Task<TenantOutcome> DeleteAsync(DeleteTenant request);

    /// <summary>Sets the secret that signs the tenant's requests; the one before it is worth nothing from now on. NotFound when there is no tenant.</summary>
    Task<TenantSecretOutcome> SetSecretAsync(SetTenantSecret request);

    /// <summary>The secret; NotFound when there is none.</summary>
    Task<TenantSecretOutcome> GetSecretAsync(GetTenantSecret request);

    /// <summary>Uses a signature up: Conflict when it was used before. Remembered, durably, for as long as its timestamp may be good.</summary>
    Task<Acknowledgement> UseSignatureAsync(UseSignature request);
}

/// <summary>What Laurel keeps of a tenant.</summary>
/// <param name="Plan">free, indie, pro or enterprise.</param>
public sealed record TenantRecord(string TenantId, string Name, string Plan, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>Creates a tenant.</summary>
/// <param name="Name">The id when null.</param>
/// <param name="Plan">enterprise when null.</param>
public sealed record CreateTenant(string? Name, string? Plan);

/// <summary>Asks for the record.</summary>
public sealed record GetTenant;

/// <summary>Changes a tenant.</summary>
public sealed record UpdateTenant(string? Name, string? Plan);

/// <summary>Deletes a tenant.</summary>
public sealed record DeleteTenant;

/// <summary>A tenant, or why there is none.</summary>
public sealed record TenantOutcome(OutcomeStatus Status, TenantRecord? Record = null, IReadOnlyList<Mistake>? Mistakes = null)
    : IOutcome<TenantOutcome>
{
    /// <inheritdoc/>
    public static TenantOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>Sets the secret. Made by whoever shows it, so that a repeat of the request changes nothing.</summary>
public sealed record SetTenantSecret(string Secret);

/// <summary>Asks for the secret.</summary>
public sealed record GetTenantSecret;

/// <summary>Uses a signature up.</summary>
/// <param name="Signature">Its hexadecimal digits in lower case.</param>
/// <param name="Timestamp">What it was made with, in seconds since the Unix epoch.</param>
/// <param name="RequestId">Stamped once by whoever received it: a repeat is answered like the first.</param>
public sealed record UseSignature(string Signature, long Timestamp, Guid RequestId);

/// <summary>A tenant's secret, or why there is none.</summary>
public sealed record TenantSecretOutcome(OutcomeStatus Status, string? Secret = null) : IOutcome<TenantSecretOutcome>
{
    /// <inheritdoc/>
    public static TenantSecretOutcome Failed(OutcomeStatus status) => new(status);
}
