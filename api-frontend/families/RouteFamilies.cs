using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>All families, and which one a path belongs to.</summary>
internal static class RouteFamilies
{
    /// <summary><c>/leaderboard/*</c></summary>
    public static readonly RouteFamily CrazyGames = new CrazyGamesFamily();

    /// <summary><c>/api/*</c></summary>
    public static readonly RouteFamily Rankora = new RankoraFamily();

    /// <summary><c>/ping</c>, <c>/v1/token</c>, <c>/v1/team</c>, <c>/v1/leaderboard</c>, <c>/v1/score</c></summary>
    public static readonly RouteFamily LeaderboardApi = new LeaderboardApiFamily();

    /// <summary><c>/leaderboards</c>, <c>/tenants</c>, <c>/v1/leaderboards</c>, <c>/v1/snapshots</c>, <c>/hubs</c></summary>
    public static readonly RouteFamily Phoenix = new PhoenixFamily();

    /// <summary><c>/v1/events</c></summary>
    public static readonly RouteFamily Events = new EventsFamily();

    /// <summary>All the rest.</summary>
    public static readonly RouteFamily Plain = new PlainFamily();

    /// <summary>The family of the path, whether or not there is a route. Letter case means nothing, as in routing. Allocates nothing.</summary>
    public static RouteFamily Of(PathString path)
    {
        var rest = path.Value.AsSpan();
        var first = TakeSegment(ref rest);
        if (Is(first, "leaderboard"))
            return CrazyGames;
        if (Is(first, "leaderboards") || Is(first, "tenants") || Is(first, "hubs"))
            return Phoenix;
        if (Is(first, "api"))
            return Rankora;
        if (Is(first, "ping"))
            return LeaderboardApi;
        return Is(first, "v1") ? OfVersionOne(TakeSegment(ref rest)) : Plain;
    }

    private static RouteFamily OfVersionOne(ReadOnlySpan<char> second)
    {
        if (Is(second, "leaderboards") || Is(second, "snapshots"))
            return Phoenix;
        if (Is(second, "events"))
            return Events;
        return Is(second, "leaderboard") || Is(second, "token") || Is(second, "team") || Is(second, "score") ? LeaderboardApi : Plain;
    }

    private static bool Is(ReadOnlySpan<char> segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> TakeSegment(ref ReadOnlySpan<char> rest)
    {
        rest = rest.StartsWith('/') ? rest[1..] : rest;
        var end = rest.IndexOf('/');
        var segment = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return segment;
    }
}
