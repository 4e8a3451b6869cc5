namespace Laurel.ApiFrontend;

/// <summary>What a key's rate limit leaves, as far as this gateway knows.</summary>
/// <param name="Remaining">Permits left in the window.</param>
/// <param name="Reset">When the window will be free again, if nothing more is asked.</param>
internal readonly record struct PermitStanding(int Remaining, DateTimeOffset Reset);
