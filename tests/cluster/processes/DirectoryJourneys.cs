using System.Net;
using Npgsql;

namespace Laurel.Cluster.Tests;

/// <summary>What a silo that leaves costs the seasons of those that stay: docs/adr has the numbers behind the choice of directory.</summary>
[Collection(RealCluster.OneAtATime)]
public sealed class DirectoryJourneys(ITestOutputHelper output)
{
    private const int Boards = 60;

    [Fact]
    public async Task Seasons_on_silos_that_stay_are_not_loaded_again()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 3, gateways: 1);
        var key = await cluster.MakeBoardAsync("board-0");
        for (var i = 1; i < Boards; i++)
            await cluster.MakeBoardAsync($"board-{i}");
        await SubmitToAllAsync(cluster, key);
        var before = await OpeningsAsync(cluster);
        Assert.Equal(Boards, before);

        await cluster.Silos[0].StopAsync();
        await SubmitToAllAsync(cluster, key);
        var stopped = await OpeningsAsync(cluster) - before;
        await cluster.Silos[1].KillAsync();
        await SubmitToAllAsync(cluster, key);
        var killed = await OpeningsAsync(cluster) - before - stopped;

        output.WriteLine($"of {Boards} seasons {stopped} were loaded when one of three silos stopped, {killed} when one of the two others was killed");
        Assert.InRange(stopped, 1, Boards / 2);
        Assert.InRange(killed, 1, Boards * 3 / 4);
    }

    private static async Task SubmitToAllAsync(RealCluster cluster, string key)
    {
        for (var i = 0; i < Boards; i++)
        {
            await Laurel.Tests.Support.Eventually.TrueAsync(
                async () => (await cluster.SendAsync(
                    cluster.Gateways[0], HttpMethod.Post, $"/tenants/acme/leaderboards/board-{i}/entries", """{"entries":[{"user_id":"ada","score":1}]}""", key)).Status == HttpStatusCode.OK,
                "the board takes scores");
        }
    }

    /// <summary>How often seasons were opened: each opening raises its season's epoch by one.</summary>
    private static async Task<long> OpeningsAsync(RealCluster cluster)
    {
        await using var database = NpgsqlDataSource.Create(cluster.Postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT sum(epoch)::bigint FROM laurel.journals");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
