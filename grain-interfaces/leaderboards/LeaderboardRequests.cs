using System.Text.Json;

namespace Laurel.GrainInterfaces;

/// <summary>Asks for a new leaderboard.</summary>
/// <param name="Name">Shown to people; the id when null.</param>
/// <param name="Description">Shown to people.</param>
/// <param name="Preset">crazygames, rankora or null: what fills the parts that <paramref name="Config"/> leaves out.</param>
/// <param name="Config">The configuration as the caller wrote it; null for all defaults.</param>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat is answered like the first.</param>
public sealed record CreateLeaderboard(string? Name, string? Description, string? Preset, JsonElement? Config, Guid RequestId = default);

/// <summary>Asks for the record.</summary>
public sealed record GetLeaderboard;

/// <summary>Changes what is not null.</summary>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat is answered like the first.</param>
public sealed record UpdateLeaderboard(string? Name, string? Description, LeaderboardStatus? Status, Guid RequestId = default);

/// <summary>Deletes the board.</summary>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat is answered like the first.</param>
public sealed record DeleteLeaderboard(Guid RequestId = default);

/// <summary>Asks for a season.</summary>
/// <param name="ForWrite">True opens the season of the present window when it has none yet; false never changes anything.</param>
/// <param name="WindowKey">A season's window key or id; null for the present one.</param>
/// <param name="At">
/// Asks for the season that takes events of that instant, opened when it has to be: also one that has ended, while its grace lasts.
/// Null for submissions and reads.
/// </param>
public sealed record RouteRequest(bool ForWrite, string? WindowKey = null, DateTimeOffset? At = null);

/// <summary>Asks for a page of the seasons.</summary>
public sealed record ListSeasons(int Offset, int Limit);

/// <summary>Opens a manual season.</summary>
/// <param name="SeasonId">A new id.</param>
/// <param name="StartsAt">Null for now.</param>
/// <param name="EndsAt">Null for until it is closed.</param>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat is answered like the first.</param>
public sealed record OpenSeason(string SeasonId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, Guid RequestId = default);

/// <summary>Closes a manual season.</summary>
/// <param name="SeasonId">The season's id.</param>
/// <param name="RequestId">Stamped once by whoever received the request; a repeat is answered like the first.</param>
public sealed record CloseSeason(string SeasonId, Guid RequestId = default);

/// <summary>Asks on behalf of a season.</summary>
public sealed record DescribeSeason(int Incarnation, string WindowKey);

/// <summary>Names events that came after their window's grace.</summary>
/// <param name="Incarnation">Of the board.</param>
/// <param name="Windows">1 to 1000, each once.</param>
public sealed record CountLate(int Incarnation, IReadOnlyList<LateEvents> Windows);

/// <summary>Events that came too late for one window.</summary>
/// <param name="WindowKey">The window, or the season's id. One that never had a season is passed over.</param>
/// <param name="Positions">In the order of acceptance by the tenant's intake, rising.</param>
public sealed record LateEvents(string WindowKey, IReadOnlyList<long> Positions);

/// <summary>Asks for what is due of one season.</summary>
/// <param name="Incarnation">Of the board; 0 for the present one.</param>
/// <param name="WindowKey">Which season; null for whatever is due of opening windows.</param>
public sealed record TurnSeason(int Incarnation, string? WindowKey);
