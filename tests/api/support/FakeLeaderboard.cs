using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>A board that routes as told.</summary>
internal sealed class FakeLeaderboard : ILeaderboard
{
    /// <summary>What it answers; one season without an end unless told otherwise.</summary>
    public Func<RouteRequest, RouteOutcome> Route { get; set; } = static _ => ToSeason("acme/board@1/one");

    public static RouteOutcome ToSeason(string key, DateTimeOffset? endsAt = null) =>
        new(OutcomeStatus.Ok, null, new SeasonInfo(key, key.Split('/')[^1], null, endsAt, SeasonPhase.Open));

    public Task<RouteOutcome> RouteAsync(RouteRequest request) => Task.FromResult(Route(request));

    public Task<LeaderboardOutcome> CreateAsync(CreateLeaderboard request) => throw new NotSupportedException();

    public Task<LeaderboardOutcome> GetAsync(GetLeaderboard request) => throw new NotSupportedException();

    public Task<LeaderboardOutcome> UpdateAsync(UpdateLeaderboard request) => throw new NotSupportedException();

    public Task<LeaderboardOutcome> DeleteAsync(DeleteLeaderboard request) => throw new NotSupportedException();

    public Task<SeasonListOutcome> ListSeasonsAsync(ListSeasons request) => throw new NotSupportedException();

    public Task<SeasonInfoOutcome> OpenSeasonAsync(OpenSeason request) => throw new NotSupportedException();

    public Task<SeasonInfoOutcome> CloseSeasonAsync(CloseSeason request) => throw new NotSupportedException();

    public Task<Acknowledgement> CountLateAsync(CountLate request) => throw new NotSupportedException();

    public Task<Acknowledgement> TurnAsync(TurnSeason request) => throw new NotSupportedException();

    public Task<SeasonTermsOutcome> DescribeSeasonAsync(DescribeSeason request) => throw new NotSupportedException();
}
