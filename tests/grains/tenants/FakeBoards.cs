using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Storage;

namespace Laurel.Grains.Tests;

/// <summary>Leaderboards that can be deleted and turned, and nothing else.</summary>
internal sealed class FakeBoards
{
    /// <summary>Asked before each deletion; what it answers is the outcome unless it is Ok.</summary>
    public Func<string, Task<OutcomeStatus>> BeforeDeletion { get; set; } = _ => Task.FromResult(OutcomeStatus.Ok);

    /// <summary>What a board answers to <see cref="ILeaderboard.TurnAsync"/>.</summary>
    public Func<string, OutcomeStatus> Turning { get; set; } = _ => OutcomeStatus.Ok;

    /// <summary>The real grains but for these boards.</summary>
    public IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> Factories => new Dictionary<Type, Func<ActivationContext, IActivation>>(Standalone.GrainFactories.All)
    {
        [typeof(ILeaderboard)] = context => new Board(this, context),
    };

    /// <summary>Writes a board as the leaderboard grain does.</summary>
    public static async Task AddAsync(GrainCluster cluster, string board, bool isDeleted = false)
    {
        var key = LeaderboardKey.Parse(board);
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        LeaderboardRecord record = new(
            key.Board, key.Tenant, key.Board, "", LeaderboardStatus.Active, 1, 1, LeaderboardConfigReader.Read(null, null).Config!, at, at, Deleted: isDeleted);
        var outcome = await cluster.Store.Records.CommitAsync(
        [
            new(RecordKeys.Leaderboard(key), 0, Wire.Serialize(record)),
            new(RecordKeys.LiveLeaderboard(key), null, isDeleted ? null : []),
        ]);
        Assert.Equal(WriteOutcome.Committed, outcome);
    }

    private sealed class Board(FakeBoards boards, ActivationContext context) : ILeaderboard, IActivation
    {
        public Task LoadAsync() => Task.CompletedTask;

        public Task UnloadAsync() => Task.CompletedTask;

        public async Task<LeaderboardOutcome> DeleteAsync(DeleteLeaderboard request)
        {
            if (await boards.BeforeDeletion(context.Key) is not OutcomeStatus.Ok and var refusal)
                return new(refusal);
            var key = LeaderboardKey.Parse(context.Key);
            var stored = await context.Store.Records.GetAsync(RecordKeys.Leaderboard(key));
            if (stored is null || Wire.Deserialize<LeaderboardRecord>(stored.Data) is not { Deleted: false } record)
                return new(OutcomeStatus.NotFound);
            await context.Store.Records.CommitAsync(
            [
                new(stored.Key, stored.Version, Wire.Serialize(record with { Deleted = true })),
                new(RecordKeys.LiveLeaderboard(key), null, null),
            ]);
            return new(OutcomeStatus.Ok, record);
        }

        public Task<LeaderboardOutcome> CreateAsync(CreateLeaderboard request) => throw new NotSupportedException();

        public Task<LeaderboardOutcome> GetAsync(GetLeaderboard request) => throw new NotSupportedException();

        public Task<LeaderboardOutcome> UpdateAsync(UpdateLeaderboard request) => throw new NotSupportedException();

        public Task<RouteOutcome> RouteAsync(RouteRequest request) => throw new NotSupportedException();

        public Task<SeasonListOutcome> ListSeasonsAsync(ListSeasons request) => throw new NotSupportedException();

        public Task<SeasonInfoOutcome> OpenSeasonAsync(OpenSeason request) => throw new NotSupportedException();

        public Task<SeasonInfoOutcome> CloseSeasonAsync(CloseSeason request) => throw new NotSupportedException();

        public Task<Acknowledgement> CountLateAsync(CountLate request) => throw new NotSupportedException();

        public Task<Acknowledgement> TurnAsync(TurnSeason request) => Task.FromResult(new Acknowledgement(boards.Turning(context.Key)));

        public Task<SeasonTermsOutcome> DescribeSeasonAsync(DescribeSeason request) => throw new NotSupportedException();
    }
}
