using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;

namespace Laurel.Grains.Tests;

public class TenantJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_tenant_is_made_changed_and_found_again_after_a_crash(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild);

        await CreateAsync(cluster, "acme", new(null, null));
        var made = (await GetAsync(cluster, "acme")).Record!;
        Assert.Equal(("acme", "acme", "enterprise"), (made.TenantId, made.Name, made.Plan));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await UpdateAsync(cluster, "acme", new("Acme Games", null));
        var changed = await UpdateAsync(cluster, "acme", new(null, "pro"));
        await cluster.CrashAsync();

        var found = (await GetAsync(cluster, "acme")).Record!;
        Assert.Equal(made with { Name = "Acme Games", Plan = "pro", UpdatedAt = made.CreatedAt.AddMinutes(1) }, found);
        Assert.Equal(found, changed.Record);
        Assert.Equal(OutcomeStatus.Conflict, (await CreateAsync(cluster, "acme", new("Another", null))).Status);
    }

    [Theory]
    [InlineData("a b", null, null, "tenant_id")]
    [InlineData("acme", "", null, "name")]
    [InlineData("acme", "line\nbreak", null, "name")]
    [InlineData("acme", null, "gold", "plan")]
    public async Task What_breaks_a_rule_is_named_and_nothing_is_made(string id, string? name, string? plan, string path)
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);

        var refused = await CreateAsync(cluster, id, new(name, plan));

        Assert.Equal(OutcomeStatus.Invalid, refused.Status);
        Assert.Equal(path, Assert.Single(refused.Mistakes!).Path);
        Assert.Equal(OutcomeStatus.NotFound, (await GetAsync(cluster, id)).Status);
    }

    [Fact]
    public async Task Changing_nothing_is_no_change()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);
        var made = (await CreateAsync(cluster, "acme", new("Acme", "pro"))).Record;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(made, (await UpdateAsync(cluster, "acme", new("Acme", "pro"))).Record);
        Assert.Equal(OutcomeStatus.Invalid, (await UpdateAsync(cluster, "acme", new(null, "gold"))).Status);
        Assert.Equal(OutcomeStatus.NotFound, (await UpdateAsync(cluster, "nobody", new("Acme", null))).Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_deletion_takes_keys_and_boards_with_it_before_it_answers(int seed)
    {
        FakeBoards boards = new();
        await using var cluster = await GrainCluster.StartAsync(seed, factories: boards.Factories);
        await FillAsync(cluster);

        Assert.Contains((await DeleteAsync(cluster, "acme")).Status, new[] { OutcomeStatus.Ok, OutcomeStatus.NotFound });

        await AssertGoneAsync(cluster);
        Assert.Equal(OutcomeStatus.Ok, (await GetAsync(cluster, "acme-2")).Status);
        Assert.Equal(OutcomeStatus.Ok, (await ApiKeyJourneys.GetAsync(cluster, "other")).Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_deletion_that_broke_off_is_completed_by_asking_again(int seed)
    {
        var refusals = 3;
        FakeBoards boards = new()
        {
            BeforeDeletion = _ => Task.FromResult(Interlocked.Decrement(ref refusals) >= 0 ? OutcomeStatus.Unavailable : OutcomeStatus.Ok),
        };
        await using var cluster = await GrainCluster.StartAsync(seed, factories: boards.Factories);
        await FillAsync(cluster);

        var answers = new List<OutcomeStatus>();
        do
        {
            answers.Add((await DeleteAsync(cluster, "acme")).Status);
            cluster.Kill<ITenant>("acme");
        }
        while (answers[^1] == OutcomeStatus.Unavailable);

        await AssertGoneAsync(cluster);
        Assert.Equal(OutcomeStatus.NotFound, (await DeleteAsync(cluster, "acme")).Status);
    }

    [Fact]
    public async Task A_tenant_whose_deletion_failed_is_there_and_one_being_deleted_is_not()
    {
        TaskCompletionSource<OutcomeStatus> held = new();
        TaskCompletionSource asked = new();
        FakeBoards boards = new()
        {
            BeforeDeletion = _ =>
            {
                asked.TrySetResult();
                return held.Task;
            },
        };
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: boards.Factories);
        await FillAsync(cluster);

        var deletion = DeleteAsync(cluster, "acme");
        await asked.Task;
        Assert.Equal(OutcomeStatus.NotFound, (await GetAsync(cluster, "acme")).Status);
        Assert.Equal(OutcomeStatus.Conflict, (await CreateAsync(cluster, "acme", new(null, null))).Status);

        held.SetResult(OutcomeStatus.Unavailable);
        Assert.Equal(OutcomeStatus.Unavailable, (await deletion).Status);
        Assert.Equal(OutcomeStatus.Ok, (await GetAsync(cluster, "acme")).Status);
    }

    [Fact]
    public async Task The_id_of_a_deleted_tenant_is_given_out_again_only_when_nothing_of_it_is_kept()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);
        foreach (var tenant in (string[])["played", "ranked", "empty"])
            await CreateAsync(cluster, tenant, new(null, null));
        await cluster.Grains.CallAsync(
            PlayersKey.Of("played", "ann").ToString(), static (IPlayers players, PutPlayers request) => players.PutAsync(request), new PutPlayers([new("ann", "Ann", true, null)]));
        await cluster.Grains.CallAsync(
            "ranked/goals",
            static (ILeaderboard board, CreateLeaderboard request) => board.CreateAsync(request),
            new CreateLeaderboard(null, null, null, JsonDocument.Parse("{}").RootElement, Guid.NewGuid()));

        foreach (var (tenant, status) in ((string, OutcomeStatus)[])[("played", OutcomeStatus.Conflict), ("ranked", OutcomeStatus.Conflict), ("empty", OutcomeStatus.Ok)])
        {
            Assert.Equal(OutcomeStatus.Ok, (await DeleteAsync(cluster, tenant)).Status);
            Assert.Equal(status, (await CreateAsync(cluster, tenant, new("Another", null))).Status);
        }
    }

    [Fact]
    public async Task Two_deletions_at_once_are_one()
    {
        var deletions = 0;
        TaskCompletionSource<OutcomeStatus> held = new();
        FakeBoards boards = new()
        {
            BeforeDeletion = _ =>
            {
                Interlocked.Increment(ref deletions);
                return held.Task;
            },
        };
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, factories: boards.Factories);
        await FillAsync(cluster);

        var both = Task.WhenAll(DeleteAsync(cluster, "acme"), DeleteAsync(cluster, "acme"));
        held.SetResult(OutcomeStatus.Ok);

        Assert.All(await both, outcome => Assert.Equal("acme", outcome.Record!.TenantId));
        Assert.Equal(3, deletions);
    }

    [Theory]
    [InlineData(Fault.Failed)]
    [InlineData(Fault.UnknownNotWritten)]
    public async Task A_commit_without_a_good_end_is_Unavailable_and_can_be_repeated(Fault fault)
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        store.Plan = Faults.Script(StoreMethod.CommitRecords, fault, Fault.None, fault);

        Assert.Equal(OutcomeStatus.Unavailable, (await CreateAsync(cluster, "acme", new(null, null))).Status);
        Assert.Equal(OutcomeStatus.Ok, (await CreateAsync(cluster, "acme", new(null, null))).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await UpdateAsync(cluster, "acme", new("New", null))).Status);
        Assert.Equal("acme", (await GetAsync(cluster, "acme")).Record!.Name);
        Assert.Equal("New", (await UpdateAsync(cluster, "acme", new("New", null))).Record!.Name);
    }

    private static async Task FillAsync(GrainCluster cluster)
    {
        foreach (var tenant in new[] { "acme", "acme-2" })
            await CreateAsync(cluster, tenant, new(null, null));
        foreach (var id in new[] { "k1", "k2", "k3" })
            await ApiKeyJourneys.CreateAsync(cluster, ApiKeyJourneys.KeyRecord("acme", id));
        await ApiKeyJourneys.CreateAsync(cluster, ApiKeyJourneys.KeyRecord("acme-2", "other"));
        foreach (var board in new[] { "acme/b1", "acme/b2", "acme/b3" })
            await FakeBoards.AddAsync(cluster, board);
        await FakeBoards.AddAsync(cluster, "acme/b0", isDeleted: true);
    }

    private static async Task AssertGoneAsync(GrainCluster cluster)
    {
        Assert.Equal(OutcomeStatus.NotFound, (await GetAsync(cluster, "acme")).Status);
        foreach (var id in new[] { "k1", "k2", "k3" })
            Assert.Equal(OutcomeStatus.NotFound, (await ApiKeyJourneys.GetAsync(cluster, id)).Status);
        foreach (var stored in await cluster.Store.Records.ListAsync(RecordKeys.LeaderboardsOf("acme"), null, 10))
            Assert.True(Wire.Deserialize<LeaderboardRecord>(stored.Data).Deleted);
    }

    internal static Task<TenantOutcome> CreateAsync(GrainCluster cluster, string id, CreateTenant request) =>
        cluster.Grains.CallAsync(id, static (ITenant tenant, CreateTenant request) => tenant.CreateAsync(request), request);

    private static Task<TenantOutcome> GetAsync(GrainCluster cluster, string id) =>
        cluster.Grains.CallAsync(id, static (ITenant tenant, GetTenant request) => tenant.GetAsync(request), new GetTenant());

    private static Task<TenantOutcome> UpdateAsync(GrainCluster cluster, string id, UpdateTenant request) =>
        cluster.Grains.CallAsync(id, static (ITenant tenant, UpdateTenant request) => tenant.UpdateAsync(request), request);

    private static Task<TenantOutcome> DeleteAsync(GrainCluster cluster, string id) =>
        cluster.Grains.CallAsync(id, static (ITenant tenant, DeleteTenant request) => tenant.DeleteAsync(request), new DeleteTenant());
}
