namespace Laurel.GrainInterfaces;

/// <summary>A registered player.</summary>
/// <param name="UserId">Unique in the tenant.</param>
/// <param name="Name">Shown on boards; null for none.</param>
/// <param name="Hidden">Hidden players stand on no list.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or null.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record PlayerRecord(
    string UserId, string? Name, bool Hidden, string? Country, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What a caller wants a player's record to say. Null leaves a field as it is, empty text clears it.</summary>
public sealed record PlayerPut(string UserId, string? Name, bool? Hidden, string? Country);
