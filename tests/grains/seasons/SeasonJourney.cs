using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>A tenant's board, and what a gateway does with it.</summary>
internal sealed class SeasonJourney(GrainCluster cluster)
{
    public const string Tenant = "acme";
    public const string Board = "goals";

    public GrainCluster Cluster => cluster;

    public static async Task<SeasonJourney> StartAsync(GrainCluster cluster, string config)
    {
        var journey = new SeasonJourney(cluster);
        await journey.UntilOkAsync(() => cluster.Grains.CallAsync(
            Tenant, static (ITenant tenant, CreateTenant request) => tenant.CreateAsync(request), new CreateTenant(null, null)), OutcomeStatus.Conflict);
        var request = new CreateLeaderboard(null, null, null, JsonDocument.Parse(config).RootElement, Guid.NewGuid());
        await journey.UntilOkAsync(() => journey.OnBoardAsync(static (board, create) => board.CreateAsync(create), request));
        return journey;
    }

    public Task<TResponse> OnBoardAsync<TRequest, TResponse>(Func<ILeaderboard, TRequest, Task<TResponse>> method, TRequest request)
        where TRequest : class
        where TResponse : class, IOutcome<TResponse> => cluster.Grains.CallAsync($"{Tenant}/{Board}", method, request);

    /// <summary>The present season's key.</summary>
    public async Task<string> KeyAsync() =>
        (await UntilOkAsync(() => OnBoardAsync(static (board, ask) => board.RouteAsync(ask), new RouteRequest(ForWrite: true)))).Season!.Key!;

    public async Task<TResponse> OnSeasonAsync<TRequest, TResponse>(Func<ISeason, TRequest, Task<TResponse>> method, TRequest request)
        where TRequest : class
        where TResponse : class, IOutcome<TResponse> => await cluster.Grains.CallAsync(await KeyAsync(), method, request);

    /// <summary>Submits as a gateway does: routes, and routes again when the season has ended meanwhile.</summary>
    public async Task<ScoreOutcomes> SubmitAsync(params Score[] scores)
    {
        var batch = Batch(cluster.Clock, scores);
        while (true)
        {
            var outcomes = await OnSeasonAsync(static (season, request) => season.SubmitAsync(request), batch);
            if (outcomes.Status != OutcomeStatus.WrongWindow)
                return outcomes;
            batch = Batch(cluster.Clock, scores);
        }
    }

    public async Task<EntryPage> PageAsync(int offset = 0, int limit = 1000, RankStyle ranks = RankStyle.Ordinal) =>
        await UntilOkAsync(() => OnSeasonAsync(static (season, request) => season.ReadPageAsync(request), new ReadPage(offset, limit, ranks)));

    public Task<PlayersOutcome> PutAsync(params PlayerPut[] players) => UntilOkAsync(() => cluster.Grains.CallAsync(
        PlayersKey.Of(Tenant, players[0].UserId).ToString(),
        static (IPlayers part, PutPlayers request) => part.PutAsync(request),
        new PutPlayers(players)));

    /// <summary>Asks again while the answer is that the store failed, as a patient client does.</summary>
    public async Task<T> UntilOkAsync<T>(Func<Task<T>> call, OutcomeStatus also = OutcomeStatus.Ok)
        where T : IOutcome
    {
        T answer = default!;
        await GrainCluster.UntilAsync(async () => (answer = await call()).Status == OutcomeStatus.Ok || answer.Status == also);
        return answer;
    }

    public static ScoreBatch Batch(TimeProvider clock, params Score[] scores)
    {
        var ids = scores.Select(score => Encoding.UTF8.GetBytes(score.UserId)).ToArray();
        var end = 0;
        return new ScoreBatch
        {
            RequestId = RequestIds.Next(),
            ReceivedAt = Timestamps.Now(clock),
            Ids = [.. ids.SelectMany(id => id)],
            IdEnds = [.. ids.Select(id => end += id.Length)],
            Scores = [.. scores.Select(score => score.Value)],
            AchievedAt = [.. scores.Select(score => score.AchievedAt ?? Timestamps.Now(clock))],
            Extras = scores.Any(score => score.Extra is not null) ? [.. scores.Select(score => score.Extra)] : null,
            WantStandings = scores.Any(score => score.Extra is not null),
        };
    }

    internal sealed record Score(string UserId, double Value, long? AchievedAt = null, ScoreExtra? Extra = null);
}
