using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of standings: <c>snapshot</c> when it is the one followed, <c>page</c> when it was asked for once.</summary>
internal sealed record SocketPage(
    string Type,
    string LeaderboardId,
    string TenantId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? WindowKey,
    long Sequence,
    int Total,
    int Page,
    int PageSize,
    StandingBody[] Entries);

/// <summary>What changed on the page that is followed.</summary>
internal sealed record SocketUpdate(
    string Type, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? WindowKey, long Sequence, int Total, ChangeBody[] Changes);

/// <summary>A window has ended, or been sealed.</summary>
internal sealed record SocketClosing(
    string Type, string WindowKey, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, bool Final);

/// <summary>Something the client sent is wrong, or the stream ends.</summary>
internal sealed record SocketError(string Type, string Code, string Message);
