using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Teams;

/// <summary>A team that is renamed while it is deleted is gone in the end, from the players register too.</summary>
public sealed class TeamRaceJourneys : IAsyncLifetime
{
    private const string Id = "123456789012345678901234";
    private const string Tenant = PlayerCalls.Tenant;

    private PausingStore _store = null!;
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => _store = new PausingStore(inner));
        var now = _cluster.Clock.GetUtcNow();
        var create = new CreateTeam(new TeamRecord(Id, Tenant, "A Team", now, now));
        Assert.Equal(OutcomeStatus.Ok, (await OnTeamAsync(static (team, request) => team.CreateAsync(request), create)).Status);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_deletion_that_a_rename_overtakes_is_tried_again()
    {
        var reached = _store.PauseAsync(static write => write.Key == RecordKeys.Team(Id) && write.Data is null);
        var deleting = DeleteAsync();
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(OutcomeStatus.Ok, (await RenameAsync()).Status);
        _store.Release();

        Assert.Equal(OutcomeStatus.Ok, (await deleting).Status);
        await AssertIsGoneAsync();
    }

    [Fact]
    public async Task A_rename_that_tells_the_register_after_a_deletion_leaves_nobody_there()
    {
        var reached = _store.PauseAsync(static write => write.Key == RecordKeys.Player(Tenant, Id));
        var renaming = RenameAsync();
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(OutcomeStatus.Ok, (await DeleteAsync()).Status);
        _store.Release();

        Assert.Equal(OutcomeStatus.NotFound, (await renaming).Status);
        await AssertIsGoneAsync();
    }

    private async Task AssertIsGoneAsync()
    {
        Assert.Equal(OutcomeStatus.NotFound, (await OnTeamAsync(static (team, request) => team.GetAsync(request), new GetTeam())).Status);
        Assert.Null(await _cluster.FindAsync(Id));
    }

    private Task<TeamOutcome> RenameAsync() => OnTeamAsync(static (team, request) => team.RenameAsync(request), new RenameTeam(Tenant, "B Team"));

    private Task<TeamOutcome> DeleteAsync() => OnTeamAsync(static (team, request) => team.DeleteAsync(request), new DeleteTeam(Tenant));

    private Task<TeamOutcome> OnTeamAsync<TRequest>(Func<ITeam, TRequest, Task<TeamOutcome>> method, TRequest request)
        where TRequest : class => _cluster.Grains.CallAsync(Id, method, request);
}
