namespace Laurel.Cluster.Tests;

/// <summary>What a cluster of processes promises when some of them are lost: nothing acknowledged is, and writes go on within 15 s.</summary>
[Collection(RealCluster.OneAtATime)]
public sealed class LossJourneys(ITestOutputHelper output)
{
    private const string Board = "points";
    private static readonly TimeSpan WritesGoOnWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Killed_and_frozen_nodes_cost_no_acknowledged_score_and_writes_go_on()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 3, gateways: 2);
        var writers = new Writers(cluster, Board, await cluster.MakeBoardAsync(Board));
        await writers.GoOnAsync();
        writers.TakeLongestPause();

        await cluster.Silos[0].KillAsync();
        await GoOnAsync(writers, "a killed silo");
        await cluster.Gateways[1].KillAsync();
        await GoOnAsync(writers, "a killed gateway");
        await cluster.Silos[0].RestartAsync();
        await cluster.Gateways[1].RestartAsync();
        await GoOnAsync(writers, "both started again");

        await cluster.Silos[1].FreezeAsync();
        await GoOnAsync(writers, "a frozen silo");
        await cluster.Silos[1].ThawAsync();
        Assert.NotEqual(0, await cluster.Silos[1].ExitAsync());
        await GoOnAsync(writers, "a thawed silo, which ended because the others had given it up");

        await writers.StopAsync();
        foreach (var gateway in cluster.Gateways)
            writers.Check(await cluster.StandingsAsync(gateway, Board));
        output.WriteLine($"{writers.Acknowledged} requests acknowledged, {writers.Failures.Count} failed");
    }

    /// <summary>All writers get on, and none waited longer than promised.</summary>
    private async Task GoOnAsync(Writers writers, string after)
    {
        await writers.GoOnAsync();
        var pause = writers.TakeLongestPause();
        output.WriteLine($"{after}: the longest wait of a writer was {pause.TotalSeconds:0.0} s");
        Assert.InRange(pause, TimeSpan.Zero, WritesGoOnWithin);
    }
}
