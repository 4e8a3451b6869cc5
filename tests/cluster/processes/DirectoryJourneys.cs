using System.Net;
using Laurel.Tests.Support;
using Npgsql;

namespace Laurel.Cluster.Tests;

/// <summary>What a silo that leaves costs the seasons of those that stay: docs/adr has the numbers behind the choice of directory.</summary>
[Collection(ClusterOfProcesses.Name)]
public sealed class DirectoryJourneys(RealCluster cluster, ITestOutputHelper output)
{
    private const int Boards = 60;

    [Fact]
    public async Task Seasons_on_silos_that_stay_are_not_loaded_again()
    {
        await using var turn = await cluster.TakeAsync();
        for (var i = 0; i < Boards; i++)
            await cluster.MakeBoardAsync($"seat-{i}");
        var empty = await Task.WhenAll(cluster.Silos.Select(GrainsAsync));
        await SubmitToAllAsync();
        var before = await OpeningsAsync();
        Assert.InRange(before, Boards, long.MaxValue);
        var taken = await Task.WhenAll(cluster.Silos.Select(GrainsAsync));

        // Seasons go to where there are the fewest grains, so that a silo which was started lately takes most: another is the one to leave.
        var silos = Enumerable.Range(0, cluster.Silos.Length).OrderBy(i => taken[i] - empty[i]).Select(i => cluster.Silos[i]).ToList();
        await silos[0].StopAsync();
        await SubmitToAllAsync();
        var stopped = await OpeningsAsync() - before;
        await silos[1].KillAsync();
        await SubmitToAllAsync();
        var killed = await OpeningsAsync() - before - stopped;

        output.WriteLine($"of {Boards} seasons {stopped} were loaded when one of three silos stopped, {killed} when one of the two others was killed");
        Assert.InRange(stopped, 0, Boards / 2);
        Assert.InRange(killed, 0, Boards * 3 / 4);
        // The first may have held none, the fuller of them some: those are opened elsewhere.
        Assert.NotEqual(0, stopped + killed);
    }

    private async Task<int> GrainsAsync(Node silo) => (await cluster.SendAsync(silo, HttpMethod.Get, "/nodes")).Is(HttpStatusCode.OK)
        .GetProperty("nodes").EnumerateArray().Single(static node => node.GetProperty("is_this").GetBoolean()).GetProperty("grains").GetInt32();

    private Task SubmitToAllAsync() => Parallel.ForAsync(0, Boards, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await Eventually.TrueAsync(
        async () => (await cluster.SendAsync(
            cluster.Gateways[0], HttpMethod.Post, $"/tenants/acme/leaderboards/seat-{i}/entries", """{"entries":[{"user_id":"ada","score":1}]}""")).Status == HttpStatusCode.OK,
        "the board takes scores"));

    /// <summary>How often seasons were opened: each opening raises its season's epoch by one.</summary>
    private async Task<long> OpeningsAsync()
    {
        await using var database = NpgsqlDataSource.Create(cluster.Postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT sum(epoch)::bigint FROM laurel.journals WHERE name LIKE 'acme/seat-%'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
