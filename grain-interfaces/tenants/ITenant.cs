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
