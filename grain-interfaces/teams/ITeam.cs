namespace Laurel.GrainInterfaces;

/// <summary>
/// One team: on boards it is a subject like any other, known to its tenant's players register under its id. Key: the team's id.
/// </summary>
public interface ITeam : IGrain
{
    /// <summary>Makes it; Conflict when the id is taken.</summary>
    Task<TeamOutcome> CreateAsync(CreateTeam request);

    /// <summary>The team; NotFound when there is none.</summary>
    Task<TeamOutcome> GetAsync(GetTeam request);

    /// <summary>Renames it, on its boards too. NotFound when it is not the tenant's.</summary>
    Task<TeamOutcome> RenameAsync(RenameTeam request);

    /// <summary>Deletes it and takes it off its boards. NotFound when it is not the tenant's.</summary>
    Task<TeamOutcome> DeleteAsync(DeleteTeam request);
}

/// <summary>What Laurel keeps of a team.</summary>
/// <param name="TeamId">Digits, more than a number has; nobody can guess it.</param>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Name">Shown to people.</param>
public sealed record TeamRecord(string TeamId, string TenantId, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>Makes a team.</summary>
/// <param name="Record">As it will be kept: a repeat is the same record, and is answered like the first.</param>
public sealed record CreateTeam(TeamRecord Record);

/// <summary>Asks for the record.</summary>
public sealed record GetTeam;

/// <summary>Renames a team.</summary>
public sealed record RenameTeam(string TenantId, string Name);

/// <summary>Deletes a team.</summary>
public sealed record DeleteTeam(string TenantId);

/// <summary>A team, or why there is none.</summary>
public sealed record TeamOutcome(OutcomeStatus Status, TeamRecord? Record = null) : IOutcome<TeamOutcome>
{
    /// <inheritdoc/>
    public static TeamOutcome Failed(OutcomeStatus status) => new(status);
}
