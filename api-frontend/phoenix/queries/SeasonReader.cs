using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Reads the season that a query means. One grain call when the route to it is remembered and it has entries.</summary>
internal sealed class SeasonReader(IGrainPort port, BoardRoutes routes)
{
    private const KeyKinds PlayersKinds = KeyKinds.Board | KeyKinds.Embed;

    /// <summary>Reads a page of entries.</summary>
    public Task<SeasonRead<EntryPage>> ReadPageAsync(SeasonQuery query, ReadPage request) =>
        ReadAsync(query, season => port.ReadPageAsync(season, request), static (_, page) => Task.FromResult(page.Total == 0));

    /// <summary>Reads one player's entry. One that is not there has a refusal.</summary>
    public async Task<SeasonRead<EntryOutcome>> ReadEntryAsync(SeasonQuery query, ReadEntry request)
    {
        var read = await ReadAsync(
            query,
            season => port.ReadEntryAsync(season, request),
            async (season, entry) =>
                entry.Status == OutcomeStatus.NotFound && (await port.ReadPageAsync(season, new ReadPage(0, 1))).Total == 0);
        return read.Refusal is null && read.Outcome is not { Status: OutcomeStatus.Ok } ? new(NoEntry(query.Board)) : read;
    }

    /// <summary>404 for a player who does not stand on the board.</summary>
    public static Reply NoEntry(LeaderboardKey board) => Reply.NotFound($"An entry of this user on leaderboard '{board.Board}'");

    /// <summary>404 for a board, or a window of it.</summary>
    public static Reply NoWindow(LeaderboardKey board, string? windowKey) =>
        Reply.NotFound(windowKey is null ? $"Leaderboard '{board.Board}'" : $"Leaderboard '{board.Board}' or its window '{windowKey}'");

    /// <summary>404 for a board of which only snapshots are left.</summary>
    public static Reply Archived(LeaderboardKey board) => Reply.Error(
        StatusCodes.Status404NotFound,
        $"Leaderboard '{board.Board}' is archived: only its snapshots can be read, at /v1/snapshots/{board.Tenant}/{board.Board}");

    private async Task<SeasonRead<T>> ReadAsync<T>(SeasonQuery query, Func<string, Task<T>> read, Func<string, T, Task<bool>> isEmpty)
        where T : class, IOutcome
    {
        var route = await routes.ForReadAsync(query.Board, query.WindowKey);
        var outcome = await ReadAsync(route, read);
        if (outcome is { Status: OutcomeStatus.NotFound })
        {
            // The season has no such entry; or the board it belongs to is gone and the route to it was only remembered.
            route = await routes.ForReadAsync(query.Board, query.WindowKey, fresh: true);
            outcome = await ReadAsync(route, read);
        }

        if (Refuse(query, route) is { } refusal)
            return new(refusal);
        var season = route.Season;
        if (query is { FallsBack: true, WindowKey: null }
            && route.Previous is { Key: { } previous }
            && (outcome is null || await isEmpty(season!.Key!, outcome)))
        {
            (season, outcome) = (route.Previous, await read(previous));
        }

        return outcome is null or { Status: OutcomeStatus.Ok or OutcomeStatus.NotFound }
            ? new(null, season, outcome)
            : new(Refusals.Of(outcome.Status, $"Leaderboard '{query.Board.Board}'"));
    }

    private static async Task<T?> ReadAsync<T>(RouteOutcome route, Func<string, Task<T>> read)
        where T : class => route is { Status: OutcomeStatus.Ok, Season.Key: { } season } ? await read(season) : null;

    private static Reply? Refuse(SeasonQuery query, RouteOutcome route)
    {
        var board = query.Board;
        if (route.Status == OutcomeStatus.NotFound)
            return NoWindow(board, query.WindowKey);
        if (route.Status != OutcomeStatus.Ok)
            return Refusals.Of(route.Status, $"Leaderboard '{board.Board}'");
        return route.Record!.Status switch
        {
            LeaderboardStatus.Active => null,
            LeaderboardStatus.Inactive => (query.Caller.Kind & PlayersKinds) == 0 ? null : NoWindow(board, null),
            _ => Archived(board),
        };
    }
}
