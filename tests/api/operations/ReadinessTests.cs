using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

public class ReadinessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private readonly ManualClock _clock = new();
    private Func<Task<Acknowledgement>> _answer = () => Task.FromResult(Acknowledgement.Ok);

    [Fact]
    public async Task A_silence_is_borne_for_a_while()
    {
        var readiness = Start();
        Assert.Equal(ReadyState.Ready, await readiness.AskAsync());

        _answer = Silence;
        Assert.Equal(ReadyState.Ready, await AskInVainAsync(readiness));
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(ReadyState.No, await AskInVainAsync(readiness));
    }

    [Fact]
    public async Task Who_was_ready_goes_on_without_the_store_and_who_was_not_does_not_begin()
    {
        var readiness = Start();
        _answer = No;
        Assert.Equal(ReadyState.No, await readiness.AskAsync());
        _answer = () => Task.FromResult(Acknowledgement.Ok);
        Assert.Equal(ReadyState.Ready, await readiness.AskAsync());

        _answer = No;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(ReadyState.WithoutStore, await readiness.AskAsync());
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        _answer = () => Task.FromResult(Acknowledgement.Ok);
        Assert.Equal(ReadyState.Ready, await readiness.AskAsync());
    }

    [Fact]
    public async Task Who_was_never_ready_is_not_in_silence()
    {
        var readiness = Start();
        _answer = Silence;

        Assert.Equal(ReadyState.No, await AskInVainAsync(readiness));
    }

    private static Task<Acknowledgement> No() => Task.FromResult(Acknowledgement.Failed(OutcomeStatus.Unavailable));

    private static Task<Acknowledgement> Silence() => new TaskCompletionSource<Acknowledgement>().Task;

    private async Task<ReadyState> AskInVainAsync(Readiness readiness)
    {
        var asking = readiness.AskAsync();
        Assert.False(asking.IsCompleted);
        _clock.Advance(Deadline);
        return await asking;
    }

    private Readiness Start() => new(new FakeGrains().With<IDirectory>(_ => new Directory(this)), _clock);

    private sealed class Directory(ReadinessTests test) : IDirectory
    {
        public Task<Acknowledgement> CheckStoreAsync(CheckStore request) => test._answer();

        public Task<KeysVersion> GetKeysVersionAsync(GetKeysVersion request) => throw new NotSupportedException();

        public Task<TenantListOutcome> ListTenantsAsync(ListTenants request) => throw new NotSupportedException();

        public Task<LeaderboardListOutcome> ListLeaderboardsAsync(ListLeaderboards request) => throw new NotSupportedException();

        public Task<ApiKeyListOutcome> ListApiKeysAsync(ListApiKeys request) => throw new NotSupportedException();

        public Task<TeamListOutcome> ListTeamsAsync(ListTeams request) => throw new NotSupportedException();
    }
}
