using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>A leaderboard with its teams, the best first.</summary>
internal sealed record TeamBoardBody(string Name, string Id, string CreatedAt, string ModifiedAt, TeamStandingBody[] Teams)
{
    public static TeamBoardBody Of(LeaderboardRecord board, IEnumerable<EntryView> entries) => new(
        board.Name, board.LeaderboardId, Instants.Text(board.CreatedAt), Instants.Text(board.UpdatedAt), [.. entries.Select(TeamStandingBody.Of)]);
}

/// <summary>A team's place.</summary>
internal sealed record TeamStandingBody(string Id, string TeamName, double Score, int Rank)
{
    public static TeamStandingBody Of(EntryView entry) => new(entry.UserId, entry.Name ?? "", entry.Score, entry.Rank);
}
