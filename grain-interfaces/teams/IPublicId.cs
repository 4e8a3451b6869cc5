namespace Laurel.GrainInterfaces;

/// <summary>Says whose a leaderboard is that is known by an id which nobody can guess. Key: the leaderboard's id.</summary>
public interface IPublicId : IGrain
{
    /// <summary>Keeps whose it is; Conflict when the id is another tenant's.</summary>
    Task<PublicIdOutcome> PutAsync(PutPublicId request);

    /// <summary>Whose it is; NotFound when nobody's.</summary>
    Task<PublicIdOutcome> GetAsync(GetPublicId request);
}

/// <summary>Keeps whose it is.</summary>
public sealed record PutPublicId(string TenantId);

/// <summary>Asks whose it is.</summary>
public sealed record GetPublicId;

/// <summary>Whose it is.</summary>
public sealed record PublicIdOutcome(OutcomeStatus Status, string? TenantId = null) : IOutcome<PublicIdOutcome>
{
    /// <inheritdoc/>
    public static PublicIdOutcome Failed(OutcomeStatus status) => new(status);
}
