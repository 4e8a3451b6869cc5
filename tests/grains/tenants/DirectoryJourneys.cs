using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Storage;
using Laurel.Tests.Support;

namespace Laurel.Grains.Tests;

public class DirectoryJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Every_page_is_what_the_sorted_whole_has_there(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var random = new Random(seed);
        var ids = Enumerable.Range(0, 2500).Select(_ => $"{(char)('A' + random.Next(26))}{random.Next(1_000_000)}").Distinct().Order(StringComparer.Ordinal).ToArray();
        await AddTenantsAsync(cluster, ids);

        foreach (var offset in new[] { 0, 1, 999, 1000, 1001, 2000, ids.Length - 1, ids.Length, random.Next(ids.Length) })
        {
            var limit = random.Next(1, 1001);
            var page = await ListTenantsAsync(cluster, offset, limit);
            Assert.Equal(ids.Length, page.Total);
            Assert.Equal(ids.Skip(offset).Take(limit), page.Tenants!.Select(tenant => tenant.TenantId));
        }
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Deleted_leaderboards_are_neither_listed_nor_counted(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        foreach (var board in new[] { "a/x", "a/z", "b/w", "a-b/q" })
            await FakeBoards.AddAsync(cluster, board);
        foreach (var board in new[] { "a/y", "b/x" })
            await FakeBoards.AddAsync(cluster, board, isDeleted: true);

        var ofA = await ListBoardsAsync(cluster, "a", 0, 10);
        var all = await ListBoardsAsync(cluster, null, 0, 10);
        var second = await ListBoardsAsync(cluster, "a", 1, 10);

        Assert.Equal((2, "x z"), (ofA.Total, string.Join(' ', ofA.Leaderboards!.Select(board => board.LeaderboardId))));
        Assert.Equal((2, "z"), (second.Total, string.Join(' ', second.Leaderboards!.Select(board => board.LeaderboardId))));
        Assert.Equal((4, "a-b/q a/x a/z b/w"), (all.Total, string.Join(' ', all.Leaderboards!.Select(board => $"{board.TenantId}/{board.LeaderboardId}"))));
        Assert.Equal(0, (await ListBoardsAsync(cluster, "nobody", 0, 10)).Total);
    }

    [Fact]
    public async Task A_page_past_the_end_is_empty_and_one_too_deep_or_too_large_is_refused()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);
        await AddTenantsAsync(cluster, ["a", "b"]);

        Assert.Equal((OutcomeStatus.Ok, 2, 0), await SummaryAsync(int.MaxValue, 10));
        Assert.Equal(OutcomeStatus.Invalid, (await SummaryAsync(-1, 10)).Status);
        Assert.Equal(OutcomeStatus.Invalid, (await SummaryAsync(0, 0)).Status);
        Assert.Equal(OutcomeStatus.Invalid, (await SummaryAsync(0, 1001)).Status);

        async Task<(OutcomeStatus Status, int Total, int Listed)> SummaryAsync(int offset, int limit) =>
            await ListTenantsAsync(cluster, offset, limit) is var page ? (page.Status, page.Total, page.Tenants?.Count ?? 0) : default;
    }

    [Fact]
    public async Task The_check_says_whether_the_store_answers()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));

        Assert.Equal(OutcomeStatus.Ok, (await CheckAsync()).Status);
        store.DiskGone = true;
        Assert.Equal(OutcomeStatus.Unavailable, (await CheckAsync()).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await ListTenantsAsync(cluster, 0, 10)).Status);

        Task<Acknowledgement> CheckAsync() =>
            cluster.Grains.CallAsync(IDirectory.Key, static (IDirectory directory, CheckStore request) => directory.CheckStoreAsync(request), new CheckStore());
    }

    private static async Task AddTenantsAsync(GrainCluster cluster, IEnumerable<string> ids)
    {
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var some in ids.Chunk(1000))
        {
            var writes = some.Select(id => new RecordWrite(RecordKeys.Tenant(id), 0, Wire.Serialize(new TenantRecord(id, id, "free", at, at))));
            Assert.Equal(WriteOutcome.Committed, await cluster.Store.Records.CommitAsync([.. writes]));
        }
    }

    private static Task<TenantListOutcome> ListTenantsAsync(GrainCluster cluster, int offset, int limit) =>
        cluster.Grains.CallAsync(IDirectory.Key, static (IDirectory directory, ListTenants request) => directory.ListTenantsAsync(request), new ListTenants(offset, limit));

    private static Task<LeaderboardListOutcome> ListBoardsAsync(GrainCluster cluster, string? tenant, int offset, int limit) =>
        cluster.Grains.CallAsync(
            IDirectory.Key, static (IDirectory directory, ListLeaderboards request) => directory.ListLeaderboardsAsync(request), new ListLeaderboards(tenant, offset, limit));
}
