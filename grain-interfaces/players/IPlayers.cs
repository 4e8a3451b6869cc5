namespace Laurel.GrainInterfaces;

/// <summary>
/// One part of a tenant's players register. It knows in which seasons each of its players stands, and sees to it that hiding, renaming
/// and erasing reach them, across crashes; a new name those alone that are not sealed. Key: <see cref="PlayersKey"/>.
/// </summary>
public interface IPlayers : IGrain
{
    /// <summary>Registers or changes players, 1 to 1000, all or none.</summary>
    Task<PlayersOutcome> PutAsync(PutPlayers request);

    /// <summary>One player. NotFound when the register does not know the id.</summary>
    Task<PlayersOutcome> GetAsync(GetPlayer request);

    /// <summary>Erases a player and their entries everywhere. NotFound when neither the register nor a season knows the id.</summary>
    Task<PlayersOutcome> EraseAsync(ErasePlayer request);

    /// <summary>Tells a season what the register says of subjects new to it, and keeps that they stand there.</summary>
    Task<SubjectFactsOutcome> ResolveAsync(ResolveSubjects request);
}

/// <summary>Registers or changes players.</summary>
public sealed record PutPlayers(IReadOnlyList<PlayerPut> Players);

/// <summary>Asks for one player.</summary>
public sealed record GetPlayer(string UserId);

/// <summary>Erases one player.</summary>
public sealed record ErasePlayer(string UserId);

/// <summary>Asks on behalf of a season.</summary>
/// <param name="Season">The season's key; null only asks, and keeps nothing.</param>
/// <param name="Strict">Only registered players get to stand there: the others are not kept.</param>
/// <param name="UserIds">Subjects of this part of the register.</param>
public sealed record ResolveSubjects(string? Season, bool Strict, IReadOnlyList<string> UserIds);

/// <summary>Players, in the request's order.</summary>
public sealed record PlayersOutcome(OutcomeStatus Status, IReadOnlyList<PlayerRecord>? Players = null) : IOutcome<PlayersOutcome>
{
    /// <inheritdoc/>
    public static PlayersOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>What the register says of subjects, in the request's order.</summary>
public sealed record SubjectFactsOutcome(OutcomeStatus Status, IReadOnlyList<SubjectFacts>? Subjects = null) : IOutcome<SubjectFactsOutcome>
{
    /// <inheritdoc/>
    public static SubjectFactsOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>What the register says of one subject.</summary>
/// <param name="Version">Rises with every change of this subject's record; a season ignores what is older than what it has.</param>
public sealed record SubjectFacts(string UserId, bool Registered, bool Hidden, string? Name, long Version);

/// <summary>Changes of the register for one season.</summary>
public sealed record PlayerChanges(IReadOnlyList<PlayerChange> Changes);

/// <summary>One player as the register has them now.</summary>
/// <param name="Erased">Everything about them is to go.</param>
public sealed record PlayerChange(SubjectFacts Facts, bool Erased);
