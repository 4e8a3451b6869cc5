using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>A leaderboard without its teams.</summary>
internal sealed record NewBoardBody(string Name, string Id, string CreatedAt, string ModifiedAt)
{
    public static NewBoardBody Of(LeaderboardRecord board) =>
        new(board.Name, board.LeaderboardId, Instants.Text(board.CreatedAt), Instants.Text(board.UpdatedAt));
}
