namespace Laurel.GrainInterfaces;

/// <summary>One leaderboard: its record and its seasons. Key: <see cref="LeaderboardKey"/>.</summary>
public interface ILeaderboard : IGrain
{
    /// <summary>Creates it. Conflict when one of that id exists; Invalid names every mistake of the configuration.</summary>
    Task<LeaderboardOutcome> CreateAsync(CreateLeaderboard request);

    /// <summary>Its record, NotFound when there is none or it was deleted.</summary>
    Task<LeaderboardOutcome> GetAsync(GetLeaderboard request);

    /// <summary>Changes name, description or status; its open season obeys the new status before this answers.</summary>
    Task<LeaderboardOutcome> UpdateAsync(UpdateLeaderboard request);

    /// <summary>Deletes it and returns the removed record. What its seasons hold is kept for snapshots.</summary>
    Task<LeaderboardOutcome> DeleteAsync(DeleteLeaderboard request);

    /// <summary>Which season takes what is received at an instant, opened when the request is for a write; and which one a window's key means.</summary>
    Task<RouteOutcome> RouteAsync(RouteRequest request);

    /// <summary>Its seasons of the present incarnation, newest first.</summary>
    Task<SeasonListOutcome> ListSeasonsAsync(ListSeasons request);

    /// <summary>Opens a season of a manual board. Conflict when the id was used before or another season is open or announced.</summary>
    Task<SeasonInfoOutcome> OpenSeasonAsync(OpenSeason request);

    /// <summary>Ends a season of a manual board now. It takes no more submissions when this answers.</summary>
    Task<SeasonInfoOutcome> CloseSeasonAsync(CloseSeason request);

    /// <summary>
    /// Does what the clock has made due of a season: opens the windows after it when it has ended, seals it when its grace is over. Each
    /// happens once, however often this is called. NotFound when the board is gone, or another one of that id.
    /// </summary>
    Task<Acknowledgement> TurnAsync(TurnSeason request);

    /// <summary>Counts events that came too late, each once at the season of its window, however often they are named. NotFound as above.</summary>
    Task<Acknowledgement> CountLateAsync(CountLate request);

    /// <summary>What a season's activation must know of its board, which may be deleted, and of itself. NotFound when there never was such a season.</summary>
    Task<SeasonTermsOutcome> DescribeSeasonAsync(DescribeSeason request);
}
