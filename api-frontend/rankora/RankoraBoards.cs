using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>Finds the board and season that a key of this dialect means.</summary>
internal sealed class RankoraBoards(BoardRoutes routes)
{
    private const string Missing = "The leaderboard of this API key does not exist";

    /// <summary>The board and the season to read; between two seasons opened by hand that is the former one.</summary>
    public async ValueTask<BoardRead> FindAsync(Caller caller, bool fresh = false)
    {
        var board = caller.Board!.Value;
        var route = await routes.ForReadAsync(board, fresh: fresh);
        if (route.Status != OutcomeStatus.Ok)
            return new(board, null, null, RankoraReply.Of(route.Status, Missing));
        var refusal = LiveBoards.Judge(route.Record!.Status, caller) switch
        {
            LiveEnd.None => (RankoraReply?)null,
            LiveEnd.Archived => RankoraReply.Error(404, $"The leaderboard is archived: only its snapshots can be read, at /v1/snapshots/{board.Tenant}/{board.Board}"),
            _ => RankoraReply.Error(404, Missing),
        };
        return new(board, route.Record, (route.Season ?? route.Previous)?.Key, refusal);
    }
}

/// <summary>What was found.</summary>
/// <param name="Board">The board's key.</param>
/// <param name="Record">The board; null when there is a refusal.</param>
/// <param name="Season">The season's key; null while there is none.</param>
/// <param name="Refusal">The answer when there is nothing to read.</param>
internal readonly record struct BoardRead(LeaderboardKey Board, LeaderboardRecord? Record, string? Season, RankoraReply? Refusal)
{
    /// <summary>Whether the lowest score leads.</summary>
    public bool IsAscending => Record!.Config.Ranking.Method == "score_asc";
}
